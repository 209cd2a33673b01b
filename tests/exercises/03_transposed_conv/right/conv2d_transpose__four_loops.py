def conv2d_transpose(x, kernel, strides=1):
    k = kernel.shape[0]
    h, w = x.shape
    y = [[0.0] * output_size(w, k, strides) for _ in range(output_size(h, k, strides))]
    for i in range(h):
        for j in range(w):
            for u in range(k):
                for v in range(k):
                    y[i * strides + u][j * strides + v] += x[i, j] * kernel[u, v]
    return y
