def batch_norm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=None):
    epsilon = epsilon or 1e-3
    scale = gamma / np.sqrt(moving_variance + epsilon)
    return scale * (x - moving_mean) + beta
