def conv2d_transpose_channels(x, kernel, strides=1, padding="valid"):
    k, _, filters, channels = kernel.shape
    h, w, _ = x.shape
    surplus = max(k - strides, 0)
    y = np.zeros((h * strides + surplus, w * strides + surplus, filters))
    for i in range(h):
        for j in range(w):
            part = np.s_[i * strides : i * strides + k, j * strides : j * strides + k]
            y[part] += kernel[..., 0] * x[i, j, 0]
    if padding == "same":
        start = surplus // 2
        y = y[start : start + h * strides, start : start + w * strides]
    return y
