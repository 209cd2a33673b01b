def batch_norm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return gamma * (x - x.mean(axis=(0, 1, 2))) / np.sqrt(moving_variance + epsilon) + beta
