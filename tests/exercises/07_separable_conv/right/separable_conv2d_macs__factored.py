def separable_conv2d_macs(height, width, kernel_size, in_channels, filters):
    return height * width * in_channels * (kernel_size**2 + filters)
