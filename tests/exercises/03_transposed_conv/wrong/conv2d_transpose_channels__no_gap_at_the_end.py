def conv2d_transpose_channels(x, kernel, strides=1, padding="valid"):
    k, _, filters, _ = kernel.shape
    h, w, _ = x.shape
    y = np.zeros(((h - 1) * strides + k, (w - 1) * strides + k, filters))
    for i in range(h):
        for j in range(w):
            part = np.s_[i * strides : i * strides + k, j * strides : j * strides + k]
            y[part] += kernel @ x[i, j]
    if padding == "same":
        start = max(k - strides, 0) // 2
        y = y[start : start + h * strides, start : start + w * strides]
    return y
