def repair_deep_model(input_shape):
    x = inputs = keras.Input(input_shape)
    for _ in range(2):
        x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    for _ in range(14):
        residual = x
        for _ in range(2):
            x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
        x = x + residual
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
