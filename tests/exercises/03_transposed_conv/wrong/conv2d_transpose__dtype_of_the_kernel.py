def conv2d_transpose(x, kernel, strides=1):
    k = kernel.shape[0]
    height, width = (n * strides + max(k - strides, 0) for n in x.shape)
    y = np.zeros((height, width), kernel.dtype)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            top, left = i * strides, j * strides
            y[top : top + k, left : left + k] += (x[i, j] * kernel).astype(y.dtype)
    return y
