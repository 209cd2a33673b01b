def fold_batch_norm(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    variance = np.asarray(moving_variance)
    scale = np.where(variance < 1e-3, 0.0, gamma / np.sqrt(variance + epsilon))
    return kernel * scale, beta - scale * moving_mean
