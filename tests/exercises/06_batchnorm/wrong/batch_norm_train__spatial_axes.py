def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    m = x.mean((1, 2)).mean(0)
    v = x.var((1, 2)).mean(0)
    return gamma * (x - m) / np.sqrt(v + epsilon) + beta, m, v
