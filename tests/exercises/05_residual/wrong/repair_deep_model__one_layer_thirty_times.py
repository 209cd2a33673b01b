# hint: 서로 다른 층
def repair_deep_model(input_shape):
    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(8, 1)(x)
    shared = layers.Conv2D(8, 3, padding="same", activation="relu", kernel_initializer="he_normal")
    for _ in range(30):
        x = shared(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
