def build_residual_model(input_shape=(32, 32, 3)):
    def block(x, filters, pooling):
        shortcut = layers.Conv2D(filters, 1, strides=2 if pooling else 1)(x)
        for _ in range(2):
            x = layers.Conv2D(filters, 3, activation="relu", padding="same")(x)
        if pooling:
            x = layers.MaxPooling2D(2, padding="same")(x)
        return layers.add([x, shortcut])

    inputs = keras.Input(shape=tuple(input_shape), name="picture")
    x = layers.Rescaling(scale=1.0 / 255)(inputs)
    x = block(x, 32, True)
    x = block(x, 64, True)
    x = block(x, 128, False)
    x = keras.ops.mean(x, axis=(1, 2))
    outputs = layers.Dense(units=1, activation=keras.activations.sigmoid)(x)
    return keras.Model(inputs, outputs, name="small_resnet")
