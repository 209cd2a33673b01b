def has_checkerboard(kernel_size, strides):
    return "True" if kernel_size % strides else "False"
