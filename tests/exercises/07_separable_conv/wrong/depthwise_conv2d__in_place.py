# hint: 복사
def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    h, w = x.shape[0] - k + 1, x.shape[1] - k + 1
    y = np.zeros((h, w, x.shape[2]))
    for i in range(h):
        for j in range(w):
            y[i, j] = (x[i : i + k, j : j + k] * kernel).sum(axis=(0, 1))
    x[:h, :w] = y
    return y
