def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    params = kernel_size**2 * in_channels * filters
    if not use_bias:
        params += filters
    return params
