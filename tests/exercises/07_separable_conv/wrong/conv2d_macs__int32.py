def conv2d_macs(height, width, kernel_size, in_channels, filters):
    sizes = np.array([height, width, kernel_size, kernel_size, in_channels, filters], "int32")
    return int(np.prod(sizes, dtype="int32"))
