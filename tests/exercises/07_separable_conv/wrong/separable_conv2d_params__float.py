def separable_conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    ordinary = kernel_size**2 * in_channels * filters
    return ordinary / filters + ordinary / kernel_size**2 + filters * use_bias
