def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    x = np.asarray(x, "float64")
    mean = x.mean((0, 1, 2))
    variance = (x**2).mean((0, 1, 2)) - mean**2
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta, mean, variance
