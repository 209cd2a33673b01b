def residual_block(x, filters, pooling=False):
    shortcut = x
    x = keras.layers.Conv2D(filters=filters, kernel_size=3, padding="same", activation="relu")(x)
    x = keras.layers.Conv2D(filters=filters, kernel_size=3, padding="same", activation="relu")(x)
    if pooling:
        x = layers.MaxPooling2D((2, 2), strides=(2, 2), padding="same")(x)
        shortcut = layers.Conv2D(filters, 1)(shortcut[:, ::2, ::2, :])
    elif shortcut.shape[-1] != filters:
        shortcut = layers.Dense(filters)(shortcut)
    return x + shortcut
