def bilinear_kernel(strides):
    if strides % 2 == 0:
        up = (np.arange(strides) + 0.5) / strides
        line = np.concatenate([up, up[::-1]])
    else:
        up = np.arange(0, 1, 1 / strides)[1:]
        line = np.concatenate([up, [1.0], up[::-1], [0.0]])
    return np.outer(line, line)
