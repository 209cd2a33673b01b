# hint: 고르게 뽑을 것은 값이 아니라 로그입니다
def log_uniform(low, high, n, seed):
    return np.random.default_rng(seed).uniform(low, high, n)
