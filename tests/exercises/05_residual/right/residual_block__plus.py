def residual_block(x, filters, pooling=False):
    if pooling:
        shortcut = layers.Conv2D(filters, 1, strides=2)(x)
    elif x.shape[3] == filters:
        shortcut = x
    else:
        shortcut = layers.Conv2D(filters, kernel_size=1)(x)
    for _ in range(2):
        x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
    if pooling:
        x = layers.MaxPooling2D(padding="same")(x)
    return x + shortcut
