def vgg_block(x, filters, convs):
    for i in range(convs):
        x = layers.Conv2D(filters * (i + 1), 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)
