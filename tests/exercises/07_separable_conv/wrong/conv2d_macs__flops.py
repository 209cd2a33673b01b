# hint: 2를 곱하지
def conv2d_macs(height, width, kernel_size, in_channels, filters):
    return 2 * height * width * kernel_size**2 * in_channels * filters
