# hint: 너비도
def conv2d_macs(height, width, kernel_size, in_channels, filters):
    return height * kernel_size**2 * in_channels * filters
