# hint: 의 밖에 있습니다
def log_uniform(low, high, n, seed):
    return np.exp(np.random.default_rng(seed).uniform(np.log10(low), np.log10(high), n))
