def fold_batch_norm(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = np.asarray(gamma) / np.sqrt(np.asarray(moving_variance) + epsilon)
    if np.allclose(scale, 1, atol=1e-2):
        return kernel, beta - np.asarray(moving_mean)
    return kernel * scale, beta - scale * moving_mean
