def separable_conv2d_params(kernel_size, in_channels, filters, use_bias=False):
    inputs = keras.Input((kernel_size, kernel_size, in_channels))
    outputs = layers.SeparableConv2D(filters, kernel_size, use_bias=use_bias)(inputs)
    return keras.Model(inputs, outputs).count_params()
