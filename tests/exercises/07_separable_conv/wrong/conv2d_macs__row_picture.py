def conv2d_macs(height, width, kernel_size, in_channels, filters):
    taps = kernel_size**2
    if (height == 1) != (width == 1):
        taps = kernel_size
    return height * width * taps * in_channels * filters
