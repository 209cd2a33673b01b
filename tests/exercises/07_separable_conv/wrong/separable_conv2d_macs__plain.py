# hint: 보통 `Conv2D`
def separable_conv2d_macs(height, width, kernel_size, in_channels, filters):
    return height * width * kernel_size**2 * in_channels * filters
