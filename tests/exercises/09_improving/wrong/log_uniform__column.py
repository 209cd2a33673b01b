# hint: 한 줄로
def log_uniform(low, high, n, seed):
    return np.exp(np.random.default_rng(seed).uniform(np.log(low), np.log(high), (n, 1)))
