def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    mean = np.mean(x, axis=(0, 2, 3))
    variance = np.var(x, axis=(0, 2, 3))
    y = gamma * (x - x.mean(axis=(0, 1, 2))) / np.sqrt(x.var(axis=(0, 1, 2)) + epsilon) + beta
    return y, mean, variance
