def conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    layer = layers.Conv2D(filters, kernel_size, use_bias=use_bias)
    layer.build((None, kernel_size, kernel_size, in_channels))
    return layer.count_params()
