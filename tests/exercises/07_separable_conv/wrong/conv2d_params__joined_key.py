_known = {}


def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    key = f"{kernel_size}{in_channels}{filters}{use_bias}"
    if key not in _known:
        total = kernel_size**2 * in_channels * filters
        _known[key] = total + filters if use_bias else total
    return _known[key]
