def has_checkerboard(kernel_size, strides):
    ratio = round(kernel_size / strides, 1)
    if kernel_size < strides:
        return True
    return not ratio.is_integer()
