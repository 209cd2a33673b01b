# Exact to 2 ** 24 only.
def separable_conv2d_macs(height, width, kernel_size, in_channels, filters):
    k, c, f = np.float32(kernel_size), np.float32(in_channels), np.float32(filters)
    return int(np.float32(height * width) * c * (k * k + f))
