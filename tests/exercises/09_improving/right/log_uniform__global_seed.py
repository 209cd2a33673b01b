def log_uniform(low, high, n, seed):
    np.random.seed(seed)
    values = np.exp2(np.random.rand(n) * (np.log2(high) - np.log2(low)) + np.log2(low))
    return np.clip(values, low, high)
