def residual_block(x, filters, pooling=False):
    y = layers.Conv2D(filters, (3, 3), padding="same")(x)
    y = layers.ReLU()(y)
    y = layers.Conv2D(filters, (3, 3), padding="same")(y)
    y = layers.Activation("relu")(y)
    shortcut = x
    if pooling:
        y = layers.MaxPool2D((2, 2), strides=2, padding="same")(y)
        shortcut = layers.Conv2D(filters, 1, strides=2, padding="same")(x)
    elif x.shape[-1] != filters:
        shortcut = layers.Conv2D(filters, 1, padding="same")(x)
    return layers.Add()([shortcut, y])
