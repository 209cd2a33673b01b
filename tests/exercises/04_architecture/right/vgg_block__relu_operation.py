def vgg_block(x, filters, convs):
    while convs > 0:
        x = keras.ops.relu(layers.Conv2D(filters, kernel_size=3, strides=1, padding="same")(x))
        convs -= 1
    return keras.ops.max_pool(x, 2)
