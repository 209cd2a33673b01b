def vgg_block(x, filters, convs):
    y = x
    for i in range(convs):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    return keras.Model(x, layers.MaxPooling2D(2)(y))
