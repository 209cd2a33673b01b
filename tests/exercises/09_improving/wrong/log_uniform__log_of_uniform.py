def log_uniform(low, high, n, seed):
    return np.log(np.random.default_rng(seed).uniform(np.exp(low), np.exp(high), n))
