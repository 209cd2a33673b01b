def shrink(input_shape, max_params):
    x = inputs = keras.Input(input_shape)
    for _ in range(2):
        x = layers.Conv2D(8, 3, activation="relu")(x)
    x = layers.Conv2D(64, 1, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
