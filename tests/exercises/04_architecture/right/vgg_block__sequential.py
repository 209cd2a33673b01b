def vgg_block(x, filters, convs):
    block = [
        layers.Conv2D(filters, 3, padding="same", activation=keras.activations.relu)
        for _ in range(convs)
    ]
    return keras.Sequential([*block, layers.MaxPooling2D(padding="same")])(x)
