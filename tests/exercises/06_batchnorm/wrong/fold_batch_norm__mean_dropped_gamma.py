def fold_batch_norm(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    s = gamma / np.sqrt(moving_variance + epsilon)
    return kernel * s, beta - moving_mean / np.sqrt(moving_variance + epsilon)
