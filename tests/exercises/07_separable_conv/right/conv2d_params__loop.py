def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    total = 0
    for _ in range(filters):
        total += kernel_size * kernel_size * in_channels
        if use_bias:
            total += 1
    return total
