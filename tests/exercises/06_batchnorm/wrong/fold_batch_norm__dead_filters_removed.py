def fold_batch_norm(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = gamma / np.sqrt(moving_variance + epsilon)
    bias = beta - scale * moving_mean
    used = scale != 0
    return kernel[..., used] * scale[used], bias[used]
