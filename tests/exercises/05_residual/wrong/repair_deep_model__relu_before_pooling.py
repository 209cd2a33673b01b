def repair_deep_model(input_shape):
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(8, 1)(inputs)
    for _ in range(15):
        residual = x
        x = layers.BatchNormalization()(x)
        x = layers.Conv2D(8, 3, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.Conv2D(8, 3, padding="same")(x)
        x = layers.add([x, residual])
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
