def separable_conv2d_macs(height, width, kernel_size, in_channels, filters):
    return np.int64(separable_conv2d_params(kernel_size, in_channels, filters)) * height * width
