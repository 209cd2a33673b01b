def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    mean = np.mean(x, axis=(0, 1, 2))
    variance = np.var(x, axis=(0, 1, 2))
    y = gamma * (x - mean) / np.sqrt(variance) + beta
    return y, mean, variance
