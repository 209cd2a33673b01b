def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    m = x.mean((0, 1, 2))
    v = x.var((0, 1, 2))
    return abs(gamma) * (x - m) / np.sqrt(v + epsilon) + beta, m, v
