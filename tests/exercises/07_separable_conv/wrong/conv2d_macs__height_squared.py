# hint: 정사각형
def conv2d_macs(height, width, kernel_size, in_channels, filters):
    return height**2 * kernel_size**2 * in_channels * filters
