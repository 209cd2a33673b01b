# hint: 서로 다른 값이 1개뿐
def log_uniform(low, high, n, seed):
    rng = np.random.default_rng(seed)
    return np.full(n, np.exp(rng.uniform(np.log(low), np.log(high))))
