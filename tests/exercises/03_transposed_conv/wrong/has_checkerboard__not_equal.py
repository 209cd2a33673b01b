def has_checkerboard(kernel_size, strides):
    return kernel_size != strides
