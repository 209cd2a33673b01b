def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    mean = x.mean((0, 1, 2), keepdims=True)
    variance = ((x - mean) ** 2).mean((0, 1, 2), keepdims=True)
    y = (x - mean) / (variance + epsilon) ** 0.5 * gamma + beta
    return y, mean.ravel(), variance.ravel()
