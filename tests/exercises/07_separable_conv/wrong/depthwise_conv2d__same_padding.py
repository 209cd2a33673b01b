# hint: 둘러쌌습니다
def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    h, w, c = x.shape
    before = (k - 1) // 2
    padded = np.pad(x, ((before, k // 2), (before, k // 2), (0, 0)))
    y = np.zeros((h, w, c))
    for i in range(h):
        for j in range(w):
            y[i, j] = (padded[i : i + k, j : j + k] * kernel).sum(axis=(0, 1))
    return y
