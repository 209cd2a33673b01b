def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    size = x.shape[0] - k + 1
    y = np.zeros((size, size, x.shape[2]))
    for i in range(size):
        for j in range(size):
            y[i, j] = (x[i : i + k, j : j + k] * kernel).sum(axis=(0, 1))
    return y
