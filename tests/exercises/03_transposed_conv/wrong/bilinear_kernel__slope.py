# hint: 상수 1을 늘리면
def bilinear_kernel(strides):
    peak = strides - 1 if strides % 2 else strides - 0.5
    line = 1 - np.abs(np.arange(2 * strides) - peak) / (strides + 1)
    return np.outer(line, line)
