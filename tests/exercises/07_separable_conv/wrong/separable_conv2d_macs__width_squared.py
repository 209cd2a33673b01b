def separable_conv2d_macs(height, width, kernel_size, in_channels, filters):
    return width**2 * (kernel_size**2 * in_channels + in_channels * filters)
