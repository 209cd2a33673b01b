# hint: 밀려 있습니다
def bilinear_kernel(strides):
    peak = strides if strides % 2 else strides - 0.5
    line = 1 - np.abs(np.arange(2 * strides) - peak) / strides
    return np.outer(line, line)
