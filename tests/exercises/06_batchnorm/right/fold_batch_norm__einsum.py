def fold_batch_norm(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    scale = gamma / np.sqrt(moving_variance + epsilon)
    return [np.einsum("abio,o->abio", kernel, scale), (beta - moving_mean * scale).tolist()]
