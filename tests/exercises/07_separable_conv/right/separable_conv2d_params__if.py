def separable_conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    count = np.prod([kernel_size, kernel_size, in_channels])
    count = count + np.prod([in_channels, filters])
    if use_bias:
        return count + filters
    return count
