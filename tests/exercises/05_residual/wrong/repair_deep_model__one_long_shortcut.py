def repair_deep_model(input_shape):
    x = inputs = keras.Input(input_shape)
    x = start = layers.Conv2D(8, 1)(x)
    for _ in range(30):
        x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    x = layers.add([x, start])
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
