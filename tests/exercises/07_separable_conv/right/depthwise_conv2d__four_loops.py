def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    h, w, c = x.shape
    y = np.zeros((h - k + 1, w - k + 1, c), dtype="float32")
    for i in range(h - k + 1):
        for j in range(w - k + 1):
            for channel in range(c):
                total = 0.0
                for u in range(k):
                    for v in range(k):
                        total += x[i + u, j + v, channel] * kernel[u, v, channel]
                y[i, j, channel] = total
    return y
