def log_uniform(low, high, n, seed):
    rng = np.random.default_rng(seed)
    return np.expm1(rng.uniform(np.log1p(low), np.log1p(high), n))
