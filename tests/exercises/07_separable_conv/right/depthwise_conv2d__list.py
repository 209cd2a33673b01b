def depthwise_conv2d(x, kernel):
    k = len(kernel)
    h, w, _ = x.shape
    return [
        [list((x[i : i + k, j : j + k] * kernel).sum((0, 1))) for j in range(w - k + 1)]
        for i in range(h - k + 1)
    ]
