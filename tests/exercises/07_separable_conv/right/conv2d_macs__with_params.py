def conv2d_macs(height, width, kernel_size, in_channels, filters):
    return conv2d_params(kernel_size, in_channels, filters) * (height * width)
