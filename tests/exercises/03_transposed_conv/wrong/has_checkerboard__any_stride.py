def has_checkerboard(kernel_size, strides):
    return strides > 1
