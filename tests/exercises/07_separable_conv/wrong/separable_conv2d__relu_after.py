def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    y = pointwise_conv2d(depthwise_conv2d(x, depthwise_kernel), pointwise_kernel)
    return np.maximum(y, 0)
