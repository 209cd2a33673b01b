def separable_conv2d_macs(height, width, kernel_size, in_channels, filters):
    rows, columns = height + kernel_size - 1, width + kernel_size - 1
    return height * width * kernel_size**2 * in_channels + rows * columns * in_channels * filters
