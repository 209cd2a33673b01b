def repair_deep_model(input_shape):
    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(8, 1)(x)
    for _ in range(15):
        residual = x
        x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
        x = layers.Conv2D(8, 3, padding="same")(x)
        x = layers.multiply([x, residual])
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
