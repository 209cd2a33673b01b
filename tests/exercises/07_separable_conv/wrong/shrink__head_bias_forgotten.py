def shrink(input_shape, max_params):
    channels = input_shape[-1]
    fixed = 64 + 64  # the bias of the second layer, the weights of the last one
    width = (max_params - fixed) // (9 * channels + 1 + 9 + 64)
    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.SeparableConv2D(64, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
