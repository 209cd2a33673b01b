def conv2d_transpose_channels(x, kernel, strides=1, padding="valid"):
    k, surplus = len(kernel), max(len(kernel) - strides, 0)
    h, w, _ = x.shape
    y = np.zeros(
        (h * strides + surplus, w * strides + surplus, kernel.shape[2]), dtype=kernel.dtype
    )
    for i in range(h):
        for j in range(w):
            stamp = (kernel @ x[i, j]).astype(kernel.dtype)
            y[i * strides : i * strides + k, j * strides : j * strides + k] += stamp
    if padding == "same":
        start = surplus // 2
        y = y[start : start + h * strides, start : start + w * strides]
    return y
