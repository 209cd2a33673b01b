def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    w, h, c = x.shape
    y = np.zeros((h - k + 1, w - k + 1, c))
    for i in range(h - k + 1):
        for j in range(w - k + 1):
            y[i, j] = (x[j : j + k, i : i + k] * kernel).sum(axis=(0, 1))
    return y
