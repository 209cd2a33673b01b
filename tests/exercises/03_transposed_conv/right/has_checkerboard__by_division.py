def has_checkerboard(kernel_size, strides):
    return not (kernel_size // strides) * strides == kernel_size
