def bilinear_kernel(strides):
    kernel = np.zeros((2 * strides, 2 * strides))
    for u in range(2 * strides):
        for v in range(2 * strides):
            y, x = ((n - strides // 2 + 0.5) / strides - 0.5 for n in (u, v))
            kernel[u, v] = (1 - abs(y)) * (1 - abs(x))
    return kernel
