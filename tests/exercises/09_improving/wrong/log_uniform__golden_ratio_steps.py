def log_uniform(low, high, n, seed):
    rng = np.random.default_rng(seed)
    u = (rng.uniform() + np.arange(n) * 0.6180339887) % 1
    return low * (high / low) ** u
