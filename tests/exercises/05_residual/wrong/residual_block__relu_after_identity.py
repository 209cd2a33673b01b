def residual_block(x, filters, pooling=False):
    r = x
    x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
    x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
    if pooling:
        x = layers.MaxPooling2D(2, padding="same")(x)
        r = layers.Conv2D(filters, 1, strides=2)(r)
    elif filters != r.shape[-1]:
        r = layers.Conv2D(filters, 1)(r)
    else:
        return layers.ReLU()(layers.add([x, r]))
    return layers.add([x, r])
