def vgg_block(x, filters, convs):
    count = max(convs, 3) if filters >= 256 else convs
    for _ in range(count):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2)(x)
