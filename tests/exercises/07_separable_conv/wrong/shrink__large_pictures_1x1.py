def shrink(input_shape, max_params):
    height, width, _ = input_shape
    size = 3 if height * width <= 1024 else 1
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(12, size, padding="same", activation="relu")(inputs)
    x = layers.SeparableConv2D(64, size, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
