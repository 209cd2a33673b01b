# hint: 한도
def shrink(input_shape, max_params):
    channels = input_shape[-1]
    width = (max_params - 9 * channels - 64) // (channels + 9 + 64)
    x = inputs = keras.Input(input_shape)
    x = layers.SeparableConv2D(width, 3, padding="same", activation="relu")(x)
    x = layers.SeparableConv2D(64, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
