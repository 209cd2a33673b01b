def residual_block(x, filters, pooling=False):
    residual = x
    strides = 2 if pooling else 1
    x = layers.Conv2D(filters, 3, strides=strides, activation="relu", padding="same")(x)
    x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
    if pooling or filters != residual.shape[-1]:
        residual = layers.Conv2D(filters, 1, strides=strides)(residual)
    return layers.add([x, residual])
