def separable_conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    return in_channels * filters + use_bias * filters
