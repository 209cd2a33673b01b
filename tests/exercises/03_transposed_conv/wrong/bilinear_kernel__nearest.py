# hint: 거리에 따라
def bilinear_kernel(strides):
    kernel = np.zeros((2 * strides, 2 * strides))
    start = strides // 2
    kernel[start : start + strides, start : start + strides] = 1
    return kernel
