def fold_batch_norm(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    folded, bias = np.array(kernel, dtype=float), np.zeros(len(beta))
    for c in range(kernel.shape[3]):
        scale = gamma[c] / (moving_variance[c] + epsilon) ** 0.5
        folded[..., c] *= scale
        bias[c] = beta[c] - moving_mean[c] * scale
    return folded, bias
