# Exact to 2 ** 24 only.
def separable_conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    k, c, f = np.float32(kernel_size), np.float32(in_channels), np.float32(filters)
    return int(k * k * c + c * f + use_bias * f)
