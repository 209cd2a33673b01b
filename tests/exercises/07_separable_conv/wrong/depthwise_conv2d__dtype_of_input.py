def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    y = np.zeros((x.shape[0] - k + 1, x.shape[1] - k + 1, x.shape[2]), x.dtype)
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = (x[i : i + k, j : j + k] * kernel).sum(axis=(0, 1))
    return y
