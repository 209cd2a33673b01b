def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    k = depthwise_kernel.shape[0]
    y = np.zeros((x.shape[0] - k + 1, x.shape[1] - k + 1, pointwise_kernel.shape[1]), x.dtype)
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = (x[i : i + k, j : j + k] * depthwise_kernel).sum((0, 1)) @ pointwise_kernel
    return y
