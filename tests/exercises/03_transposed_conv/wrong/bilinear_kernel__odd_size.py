# hint: 모양이
def bilinear_kernel(strides):
    peak = strides - 1 if strides % 2 else strides - 0.5
    line = 1 - np.abs(np.arange(2 * strides) - peak) / strides
    line = line[: 2 * strides - strides % 2]
    return np.outer(line, line)
