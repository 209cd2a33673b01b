# hint: 편향을 빠뜨렸습니다
def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    return kernel_size * kernel_size * in_channels * filters
