def has_checkerboard(kernel_size, strides):
    return kernel_size > strides and kernel_size % strides != 0
