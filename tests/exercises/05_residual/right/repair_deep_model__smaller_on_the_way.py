def repair_deep_model(input_shape):
    x = inputs = keras.Input(input_shape)
    for index in range(15):
        residual = x
        for _ in range(2):
            x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
        if index in (3, 8):
            x = layers.MaxPooling2D(2, padding="same")(x)
            residual = layers.Conv2D(8, 1, strides=2)(residual)
        elif residual.shape[-1] != 8:
            residual = layers.Conv2D(8, 1)(residual)
        x = layers.add([x, residual])
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
