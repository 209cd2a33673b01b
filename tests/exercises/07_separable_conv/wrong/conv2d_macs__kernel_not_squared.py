def conv2d_macs(height, width, kernel_size, in_channels, filters):
    return height * width * kernel_size * in_channels * filters
