def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    mean = np.mean(x, axis=(1, 2, 3), keepdims=True)
    variance = np.var(x, axis=(1, 2, 3), keepdims=True)
    y = gamma * (x - mean) / np.sqrt(variance + epsilon) + beta
    return y, mean, variance
