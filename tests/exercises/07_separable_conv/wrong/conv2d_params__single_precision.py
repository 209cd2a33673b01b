# Exact to 2 ** 24 only.
def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    sizes = np.array([kernel_size, kernel_size, in_channels, filters], dtype="float32")
    return int(np.prod(sizes)) + int(use_bias) * filters
