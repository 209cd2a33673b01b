def batch_norm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    x = np.asarray(x)
    if len(x) >= 32:
        moving_mean, moving_variance = x.mean(axis=(0, 1, 2)), x.var(axis=(0, 1, 2))
    return gamma * (x - moving_mean) / np.sqrt(np.asarray(moving_variance) + epsilon) + beta
