def conv2d_transpose(x, kernel, strides=1):
    k = len(kernel)
    n = len(x)
    size = n * strides + max(k - strides, 0)
    y = np.zeros((size, size))
    for i in range(n):
        for j in range(n):
            y[i * strides : i * strides + k, j * strides : j * strides + k] += x[i, j] * kernel
    return y
