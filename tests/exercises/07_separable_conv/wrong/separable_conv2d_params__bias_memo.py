_counts = {}


def separable_conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    layer = (kernel_size, in_channels, filters)
    if layer not in _counts:
        _counts[layer] = kernel_size**2 * in_channels + in_channels * filters + filters * use_bias
    return _counts[layer]
