def log_uniform(low, high, n, seed):
    rng = np.random.default_rng(seed)
    exponents = rng.integers(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1, n)
    return np.clip(10.0**exponents, low, high)
