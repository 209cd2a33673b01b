def log_uniform(low, high, n, seed):
    rng = np.random.default_rng(seed)
    return np.round(np.exp(rng.uniform(np.log(low), np.log(high), n)), 4)
