def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    return depthwise_conv2d(pointwise_conv2d(x, pointwise_kernel), depthwise_kernel)
