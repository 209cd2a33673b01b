# hint: [0] 자리의 값이
def log_uniform(low, high, n, seed):
    values = np.exp(np.random.default_rng(seed).uniform(np.log(low), np.log(high), n))
    if n > 1:
        values[0] = low
    return values
