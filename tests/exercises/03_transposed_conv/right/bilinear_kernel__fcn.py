def bilinear_kernel(strides):
    size = 2 * strides - strides % 2
    factor = (size + 1) // 2
    center = factor - 1 if size % 2 == 1 else factor - 0.5
    rows, columns = np.ogrid[:size, :size]
    kernel = (1 - abs(rows - center) / factor) * (1 - abs(columns - center) / factor)
    return np.pad(kernel, (0, strides % 2))
