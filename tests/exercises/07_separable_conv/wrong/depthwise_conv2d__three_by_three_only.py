def depthwise_conv2d(x, kernel):
    y = np.zeros((x.shape[0] - 2, x.shape[1] - 2, x.shape[2]))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = (x[i : i + 3, j : j + 3] * kernel).sum(axis=(0, 1))
    return y
