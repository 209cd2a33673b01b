def log_uniform(low, high, n, seed):
    rng = np.random.RandomState(seed & 0xFFFF)
    return 10 ** rng.uniform(np.log10(low), np.log10(high), n)
