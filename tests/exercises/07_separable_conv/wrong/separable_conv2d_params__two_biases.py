# hint: 한 번만
def separable_conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    depthwise = kernel_size**2 * in_channels
    pointwise = in_channels * filters
    if use_bias:
        depthwise += in_channels
        pointwise += filters
    return depthwise + pointwise
