def batch_norm_train(x, gamma, beta, epsilon=1e-3):
    n, h, w, c = x.shape
    y = np.zeros((n, h, w, c))
    means, variances = [], []
    for channel in range(c):
        values = x[..., channel]
        means.append(values.mean())
        variances.append(values.std() ** 2)
        scale = gamma[channel] / np.sqrt(variances[-1] + epsilon)
        y[..., channel] = scale * (values - means[-1]) + beta[channel]
    return [y, means, variances]
