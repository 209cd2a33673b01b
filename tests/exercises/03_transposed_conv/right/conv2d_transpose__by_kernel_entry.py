def conv2d_transpose(x, kernel, strides=1):
    k = kernel.shape[0]
    h, w = np.array(x.shape) * strides + max(k - strides, 0)
    y = np.zeros((h, w), dtype="float32")
    for u in range(k):
        for v in range(k):
            rows = slice(u, u + strides * x.shape[0], strides)
            columns = slice(v, v + strides * x.shape[1], strides)
            part = y[rows, columns]
            part += x[: part.shape[0], : part.shape[1]] * kernel[u, v]
    return y
