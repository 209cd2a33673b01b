def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    h, w, c = x.shape
    y = np.zeros((h - k + 1, w - k + 1, c))
    for i in range(h - k):
        for j in range(w - k):
            y[i, j] = (x[i : i + k, j : j + k] * kernel).sum(axis=(0, 1))
    return y
