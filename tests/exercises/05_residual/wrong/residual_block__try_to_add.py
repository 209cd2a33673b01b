def residual_block(x, filters, pooling=False):
    residual = x
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    if pooling:
        x = layers.MaxPooling2D(2, padding="same")(x)
        residual = layers.Conv2D(filters, 1, strides=2)(residual)
        return layers.add([x, residual])
    try:
        return layers.add([x, residual])
    except ValueError:
        return layers.add([x, layers.Conv2D(filters, 1)(residual)])
