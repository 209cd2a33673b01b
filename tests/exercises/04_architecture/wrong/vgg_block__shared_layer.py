def vgg_block(x, filters, convs):
    conv = layers.Conv2D(x.shape[-1], 3, padding="same", activation="relu")
    for _ in range(convs):
        x = conv(x)
    return layers.MaxPooling2D(2)(x)
