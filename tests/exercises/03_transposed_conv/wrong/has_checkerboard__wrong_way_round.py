# hint: 거꾸로
def has_checkerboard(kernel_size, strides):
    return strides % kernel_size != 0
