def vgg_block(x, filters, convs):
    if convs == 0:
        return layers.MaxPooling2D((2, 2))(x)
    return vgg_block(
        layers.Conv2D(filters, 3, activation="relu", padding="same")(x), filters, convs - 1
    )
