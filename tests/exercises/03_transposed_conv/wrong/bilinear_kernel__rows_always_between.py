# hint: 세로로 0.50칸 밀려
def bilinear_kernel(strides):
    places = np.arange(2 * strides)
    rows = 1 - np.abs(places - (strides - 0.5)) / strides
    peak = strides - 1 if strides % 2 else strides - 0.5
    columns = 1 - np.abs(places - peak) / strides
    return np.outer(rows, columns)
