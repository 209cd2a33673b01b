def separable_conv2d_macs(height, width, kernel_size, in_channels, filters):
    positions = height * width
    depthwise = positions * kernel_size**2 * in_channels
    if kernel_size == 1:
        depthwise = 0
    return depthwise + positions * in_channels * filters
