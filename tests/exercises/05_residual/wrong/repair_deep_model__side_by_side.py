# hint: 차례로 이어진
def repair_deep_model(input_shape):
    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(8, 1)(x)
    x = layers.add([layers.Conv2D(8, 3, padding="same", activation="relu")(x) for _ in range(30)])
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
