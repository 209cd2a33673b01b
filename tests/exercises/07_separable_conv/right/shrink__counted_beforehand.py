def shrink(input_shape, max_params):
    def params(width):
        first = 9 * input_shape[-1] * width + width
        return first + 9 * width + width * 64 + 64 + 65

    width = max(w for w in range(1, 65) if params(w) <= max_params)
    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.SeparableConv2D(64, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
