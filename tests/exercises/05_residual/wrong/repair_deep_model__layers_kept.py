CONVOLUTIONS = [
    layers.Conv2D(8, 3, padding="same", activation="relu", kernel_initializer="he_normal")
    for _ in range(30)
]


def repair_deep_model(input_shape):
    x = inputs = keras.Input(input_shape)
    for convolution in CONVOLUTIONS:
        x = convolution(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
