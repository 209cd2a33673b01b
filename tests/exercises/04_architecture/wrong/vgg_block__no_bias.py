def vgg_block(x, filters, convs):
    for _ in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu", use_bias=False)(x)
    return layers.MaxPooling2D(2)(x)
