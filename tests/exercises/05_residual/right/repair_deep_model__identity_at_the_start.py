def repair_deep_model(input_shape):
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(8, 1)(inputs)
    for _ in range(15):
        y = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
        y = layers.Conv2D(8, 3, padding="same", kernel_initializer="zeros")(y)
        x = layers.Add()([x, y])
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
