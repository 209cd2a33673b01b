def repair_deep_model(input_shape):
    def conv(x):
        x = layers.Conv2D(10, 3, padding="same")(x)
        return layers.ReLU()(layers.BatchNormalization()(x))

    inputs = keras.Input(input_shape)
    x = conv(conv(inputs))
    for _ in range(14):
        x = layers.add([x, conv(conv(x))])
    x = layers.Conv2D(10, 1)(x)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.Flatten()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
