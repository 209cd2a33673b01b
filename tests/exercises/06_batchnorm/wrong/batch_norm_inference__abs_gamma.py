def batch_norm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    return abs(gamma) * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta
