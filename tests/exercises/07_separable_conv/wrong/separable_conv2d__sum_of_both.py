def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    y = depthwise_conv2d(x, depthwise_kernel)
    return pointwise_conv2d(y, pointwise_kernel) + y.sum(axis=-1, keepdims=True)
