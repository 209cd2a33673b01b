def vgg_block(x, filters, convs):
    x = layers.MaxPooling2D(2)(x)
    for _ in range(convs):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return x
