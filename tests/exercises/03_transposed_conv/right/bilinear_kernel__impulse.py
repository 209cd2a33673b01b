def bilinear_kernel(strides):
    place = (np.arange(5 * strides) + 0.5) / strides - 0.5
    response = np.interp(place, range(5), [0, 0, 1, 0, 0])
    start = 2 * strides - strides // 2
    line = response[start : start + 2 * strides]
    return np.einsum("i,j->ij", line, line)
