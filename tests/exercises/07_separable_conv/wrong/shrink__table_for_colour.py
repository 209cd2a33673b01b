WIDTHS = [(20_000, 190), (10_000, 96), (4_000, 35), (3_000, 26), (2_000, 16)]


def shrink(input_shape, max_params):
    width = next(w for limit, w in WIDTHS if max_params >= limit)
    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
    x = layers.SeparableConv2D(64, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
