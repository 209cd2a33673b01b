def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    y = np.zeros((x.shape[0] // k, x.shape[1] // k, x.shape[2]))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = (x[i * k : i * k + k, j * k : j * k + k] * kernel).sum(axis=(0, 1))
    return y
