def fold_batch_norm(kernel, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    deviation = np.sqrt(moving_variance + epsilon)
    bias = gamma * (0 - moving_mean) / deviation + beta
    return gamma * kernel / deviation, bias
