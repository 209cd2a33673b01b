# hint: 로그를 되돌렸는지
def log_uniform(low, high, n, seed):
    return np.random.default_rng(seed).uniform(np.log(low), np.log(high), n)
