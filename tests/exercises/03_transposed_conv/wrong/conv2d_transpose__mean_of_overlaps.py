def conv2d_transpose(x, kernel, strides=1):
    k = len(kernel)
    h, w = x.shape
    y = np.zeros((h * strides + max(k - strides, 0), w * strides + max(k - strides, 0)))
    count = np.zeros_like(y)
    for i in range(h):
        for j in range(w):
            part = np.s_[i * strides : i * strides + k, j * strides : j * strides + k]
            y[part] += x[i, j] * kernel
            count[part] += 1
    return y / np.maximum(count, 1)
