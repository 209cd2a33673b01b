# hint: 활성화 함수
def separable_conv2d(x, depthwise_kernel, pointwise_kernel):
    return pointwise_conv2d(np.maximum(depthwise_conv2d(x, depthwise_kernel), 0), pointwise_kernel)
