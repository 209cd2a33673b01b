def bilinear_kernel(strides):
    line = np.bartlett(2 * strides)
    return np.outer(line, line)
