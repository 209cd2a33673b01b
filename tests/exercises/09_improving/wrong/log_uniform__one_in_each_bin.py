def log_uniform(low, high, n, seed):
    rng = np.random.default_rng(seed)
    u = (rng.permutation(n) + rng.random(n)) / max(n, 1)
    return low * (high / low) ** u
