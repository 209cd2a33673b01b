# Exact to 2 ** 24 only.
def conv2d_macs(height, width, kernel_size, in_channels, filters):
    sizes = [height, width, kernel_size, kernel_size, in_channels, filters]
    return int(np.prod(np.array(sizes, "float32")))
