def has_checkerboard(kernel_size, strides):
    return np.any(np.remainder(kernel_size, strides))
