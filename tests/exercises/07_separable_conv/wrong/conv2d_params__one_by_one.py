def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    if kernel_size == 1:
        return in_channels * filters
    volume = kernel_size * kernel_size * in_channels
    if use_bias:
        volume += 1
    return volume * filters
