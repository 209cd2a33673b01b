# hint: 겹치는 것만으로는
def has_checkerboard(kernel_size, strides):
    return kernel_size > strides
