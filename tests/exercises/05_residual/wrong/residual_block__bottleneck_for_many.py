def residual_block(x, filters, pooling=False):
    residual = x
    if filters >= 64:
        sizes = ((filters // 4, 1), (filters // 4, 3), (filters, 1))
    else:
        sizes = ((filters, 3), (filters, 3))
    for width, size in sizes:
        x = layers.Conv2D(width, size, padding="same", activation="relu")(x)
    if pooling:
        x = layers.MaxPooling2D(2, padding="same")(x)
        residual = layers.Conv2D(filters, 1, strides=2, padding="same")(residual)
    elif residual.shape[-1] != filters:
        residual = layers.Conv2D(filters, 1)(residual)
    return layers.add([x, residual])
