# hint: 얼룩이 남습니다
def bilinear_kernel(strides):
    peak = strides - 1 if strides % 2 else strides - 0.5
    line = 1 - np.abs(np.arange(2 * strides) - peak) / strides
    return np.clip(1 - np.hypot(*(np.indices((2 * strides, 2 * strides)) - peak)) / strides, 0, 1)
