# hint: 입력 채널마다
def separable_conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size**2 + in_channels * filters + use_bias * filters
