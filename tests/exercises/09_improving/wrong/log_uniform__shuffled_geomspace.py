def log_uniform(low, high, n, seed):
    return np.random.default_rng(seed).permutation(np.geomspace(low, high, n))
