def vgg_block(x, filters, convs):
    for i in range(convs):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = y if y.shape != x.shape else y + x
    return layers.MaxPooling2D(2)(x)
