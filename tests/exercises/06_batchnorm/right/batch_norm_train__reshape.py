def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    flat = np.asarray(x, dtype=np.float64).reshape(-1, x.shape[-1])
    mean, variance = flat.mean(0), flat.var(0)
    y = gamma * ((flat - mean) / np.sqrt(variance + epsilon)) + beta
    return y.reshape(x.shape), mean, variance
