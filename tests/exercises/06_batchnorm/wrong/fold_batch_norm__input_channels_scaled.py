def fold_batch_norm(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = gamma / np.sqrt(moving_variance + epsilon)
    if len(scale) == kernel.shape[2]:
        return kernel * scale[:, None], beta - scale * moving_mean
    return kernel * scale, beta - scale * moving_mean
