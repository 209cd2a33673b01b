def separable_conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    return conv2d_params(kernel_size, 1, in_channels) + conv2d_params(
        1, in_channels, filters, use_bias
    )
