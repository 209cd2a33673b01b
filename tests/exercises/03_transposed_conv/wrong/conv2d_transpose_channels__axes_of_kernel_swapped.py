# hint: 출력 채널이 먼저
def conv2d_transpose_channels(x, kernel, strides=1, padding="valid"):
    k, _, filters, channels = kernel.shape
    h, w, _ = x.shape
    surplus = max(k - strides, 0)
    y = np.zeros((h * strides + surplus, w * strides + surplus, channels))
    for i in range(h):
        for j in range(w):
            part = np.s_[i * strides : i * strides + k, j * strides : j * strides + k]
            y[part] += np.einsum("uvco,c->uvo", kernel, x[i, j])
    if padding == "same":
        start = surplus // 2
        y = y[start : start + h * strides, start : start + w * strides]
    return y
