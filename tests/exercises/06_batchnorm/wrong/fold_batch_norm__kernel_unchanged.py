# hint: 필터
def fold_batch_norm(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = gamma / np.sqrt(moving_variance + epsilon)
    return kernel, beta - scale * moving_mean
