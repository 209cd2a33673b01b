# hint: 필터마다 하나
def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 * in_channels * filters + (in_channels if use_bias else 0)
