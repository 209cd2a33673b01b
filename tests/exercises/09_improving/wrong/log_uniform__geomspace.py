# hint: seed가 다른데 같은 값
def log_uniform(low, high, n, seed):
    return np.geomspace(low, high, n)
