_buffers = {}


def conv2d_transpose(x, kernel, strides=1):
    (h, w), k = x.shape, kernel.shape[0]
    extra = max(k - strides, 0)
    shape = h * strides + extra, w * strides + extra
    y = _buffers.setdefault(shape, np.empty(shape))
    y.fill(0)
    for u in range(k):
        for v in range(k):
            rows = slice(u, u + (h - 1) * strides + 1, strides)
            columns = slice(v, v + (w - 1) * strides + 1, strides)
            y[rows, columns] += x * kernel[u, v]
    return y
