def pointwise_conv2d(x, kernel):
    h, w, c = x.shape
    f = kernel.shape[1]
    y = np.zeros((h, w, f), dtype="float32")
    for i in range(h):
        for j in range(w):
            for k in range(f):
                y[i, j, k] = sum(x[i, j, m] * kernel[m, k] for m in range(c))
    return y
