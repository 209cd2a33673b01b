# hint: 신호가 30층을 지나는 동안 사라집니다
def repair_deep_model(input_shape):
    x = inputs = keras.Input(input_shape)
    for _ in range(30):
        x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
