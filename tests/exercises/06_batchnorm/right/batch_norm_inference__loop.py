def batch_norm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    y = np.array(x, dtype=float)
    for c in range(y.shape[-1]):
        deviation = (moving_variance[c] + epsilon) ** 0.5
        y[:, :, :, c] = gamma[c] * (y[:, :, :, c] - moving_mean[c]) / deviation + beta[c]
    return y
