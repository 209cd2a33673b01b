def depthwise_conv2d(x, kernel):
    k = kernel.shape[0]
    h, w = x.shape[0] - k + 1, x.shape[1] - k + 1
    y = np.zeros((h, w, x.shape[2]), dtype=kernel.dtype)
    for u in range(k):
        for v in range(k):
            y += (x[u : u + h, v : v + w] * kernel[u, v]).astype(kernel.dtype)
    return y
