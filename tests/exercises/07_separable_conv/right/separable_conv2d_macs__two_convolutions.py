def separable_conv2d_macs(height, width, kernel_size, in_channels, filters):
    depthwise = conv2d_macs(height, width, kernel_size, 1, in_channels)
    return depthwise + conv2d_macs(height, width, 1, in_channels, filters)
