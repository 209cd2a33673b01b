def conv2d_transpose(x, kernel, strides=1):
    k = len(kernel)
    h, w = x.shape
    y = np.zeros((h * strides + k, w * strides + k))
    for i in range(h):
        for j in range(w):
            y[i * strides : i * strides + k, j * strides : j * strides + k] += x[i, j] * kernel
    return y[: h * strides, : w * strides]
