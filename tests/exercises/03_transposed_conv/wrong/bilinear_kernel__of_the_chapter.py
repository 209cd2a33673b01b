# hint: 모양이
def bilinear_kernel(strides):
    line = np.array([0.25, 0.75, 0.75, 0.25])
    return np.outer(line, line)
