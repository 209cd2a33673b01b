def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels + in_channels * filters + use_bias * filters
