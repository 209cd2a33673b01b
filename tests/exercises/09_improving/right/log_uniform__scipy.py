def log_uniform(low, high, n, seed):
    from scipy.stats import loguniform

    return loguniform.rvs(low, high, size=n, random_state=seed)
