# hint: 보폭
def conv2d_transpose(x, kernel, strides=1):
    k = len(kernel)
    h, w = x.shape
    y = np.zeros((h + k - 1, w + k - 1))
    for i in range(h):
        for j in range(w):
            y[i : i + k, j : j + k] += x[i, j] * kernel
    return y
