def log_uniform(low, high, n, seed):
    rng = np.random.default_rng(seed)
    middle, width = (np.log(low) + np.log(high)) / 2, (np.log(high) - np.log(low)) / 6
    return np.clip(np.exp(rng.normal(middle, width, n)), low, high)
