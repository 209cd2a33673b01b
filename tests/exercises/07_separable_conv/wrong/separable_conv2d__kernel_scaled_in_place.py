def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    if pointwise_kernel.shape[1] == 1:
        combined = depthwise_kernel
        combined *= pointwise_kernel[:, 0]
        return depthwise_conv2d(x, combined).sum(axis=-1, keepdims=True)
    return pointwise_conv2d(depthwise_conv2d(x, depthwise_kernel), pointwise_kernel)
