def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    x = np.asarray(x, dtype=np.asarray(gamma).dtype)
    mean = x.mean(axis=(0, 1, 2))
    variance = x.var(axis=(0, 1, 2))
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, mean, variance
