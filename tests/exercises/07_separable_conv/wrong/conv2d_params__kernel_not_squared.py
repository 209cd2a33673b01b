# hint: 제곱
def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size * in_channels * filters + (filters if use_bias else 0)
