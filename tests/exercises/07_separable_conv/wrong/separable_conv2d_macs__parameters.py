# hint: 출력의 모든 자리
def separable_conv2d_macs(height, width, kernel_size, in_channels, filters):
    return kernel_size**2 * in_channels + in_channels * filters
