def bilinear_kernel(strides):
    u = np.arange(2 * strides).astype("int8")
    twice = u + u + np.int8(1)
    peak = 2 * strides if strides % 2 == 0 else 2 * strides - 1
    line = np.clip(1 - np.abs(twice.astype(float) - peak) / (2 * strides), 0, None)
    return np.outer(line, line)
