def conv2d_transpose_channels(x, kernel, strides=1, padding="valid"):
    k, _, filters, channels = kernel.shape
    h, w, _ = x.shape
    H, W = output_size(h, k, strides, padding), output_size(w, k, strides, padding)
    start = max(k - strides, 0) // 2 if padding == "same" else 0
    y = np.zeros((H, W, filters))
    for i in range(h):
        for j in range(w):
            for u in range(k):
                for v in range(k):
                    row, column = i * strides + u - start, j * strides + v - start
                    if 0 <= row < H and 0 <= column < W:
                        y[row, column] += kernel[u, v] @ x[i, j]
    return y.tolist()
