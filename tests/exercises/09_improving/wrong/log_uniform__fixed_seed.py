# hint: seed가 다른데 같은 값
def log_uniform(low, high, n, seed):
    return np.exp(np.random.default_rng(0).uniform(np.log(low), np.log(high), n))
