def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    middle = depthwise_conv2d(x, depthwise_kernel)
    if x.dtype == np.uint8:
        middle = np.clip(middle, 0, 255)
    return pointwise_conv2d(middle, pointwise_kernel)
