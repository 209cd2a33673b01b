def conv2d_transpose(x, kernel, strides=1):
    k = len(kernel)
    h, w = x.shape
    y = np.zeros((h * strides + max(k - strides, 0), w * strides + max(k - strides, 0)))
    for i in range(h):
        for j in range(w):
            kernel *= x[i, j]
            y[i * strides : i * strides + k, j * strides : j * strides + k] += kernel
    return y
