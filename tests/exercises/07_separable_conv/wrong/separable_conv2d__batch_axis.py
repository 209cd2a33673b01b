# hint: 크기가 1인 축
def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    return pointwise_conv2d(depthwise_conv2d(x, depthwise_kernel), pointwise_kernel)[None]
