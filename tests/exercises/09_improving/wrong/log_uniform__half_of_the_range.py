def log_uniform(low, high, n, seed):
    rng = np.random.default_rng(seed)
    return low * np.exp(rng.uniform(0, np.log(high / low) / 2, n))
