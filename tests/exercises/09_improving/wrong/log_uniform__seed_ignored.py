# hint: 다시 불렀더니 다른 값
def log_uniform(low, high, n, seed):
    return np.exp(np.random.default_rng().uniform(np.log(low), np.log(high), n))
