# hint: 뒤집었습니다
def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    y = depthwise_conv2d(x, depthwise_kernel[::-1, ::-1])
    return pointwise_conv2d(y, pointwise_kernel)
