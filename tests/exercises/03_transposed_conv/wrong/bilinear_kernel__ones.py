# hint: 거리에 따라
def bilinear_kernel(strides):
    peak = strides - 1 if strides % 2 else strides - 0.5
    line = 1 - np.abs(np.arange(2 * strides) - peak) / strides
    return np.ones((2 * strides, 2 * strides)) / 4
