# hint: 다시 불렀더니 다른 값
_rng = np.random.default_rng(0)


def log_uniform(low, high, n, seed):
    return np.exp(_rng.uniform(np.log(low), np.log(high), n))
