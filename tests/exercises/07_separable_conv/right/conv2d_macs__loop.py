def conv2d_macs(height, width, kernel_size, in_channels, filters):
    macs = 0
    for _ in range(height):
        for _ in range(width):
            macs += kernel_size**2 * in_channels * filters
    return macs
