# hint: 작은 것부터
def log_uniform(low, high, n, seed):
    return np.sort(np.exp(np.random.default_rng(seed).uniform(np.log(low), np.log(high), n)))
