def log_uniform(low, high, n, seed):
    rng = np.random.default_rng(seed % 10)
    return np.exp(rng.uniform(np.log(low), np.log(high), n))
