def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    kernel = np.zeros((kernel_size, kernel_size, in_channels, filters))
    bias = np.zeros(filters if use_bias else 0)
    return np.int64(kernel.size + bias.size)
