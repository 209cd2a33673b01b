def log_uniform(low, high, n, seed):
    return 1 / np.random.default_rng(seed).uniform(1 / high, 1 / low, n)
