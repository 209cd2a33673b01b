import math


def log_uniform(low, high, n, seed):
    values = []
    for i in range(n):
        rng = np.random.default_rng(seed + i)
        values.append(math.exp(rng.uniform(math.log(low), math.log(high))))
    return np.array(values)
