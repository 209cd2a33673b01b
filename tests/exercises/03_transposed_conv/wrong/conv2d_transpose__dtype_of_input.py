def conv2d_transpose(x, kernel, strides=1):
    (h, w), k = x.shape, kernel.shape[0]
    size = [n * strides + max(k - strides, 0) for n in (h, w)]
    y = np.zeros(size, dtype=x.dtype)
    for i in range(h):
        for j in range(w):
            part = y[i * strides : i * strides + k, j * strides : j * strides + k]
            part += (x[i, j] * kernel).astype(x.dtype)
    return y
