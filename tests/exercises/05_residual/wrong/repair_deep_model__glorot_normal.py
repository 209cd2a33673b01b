# hint: 사라집니다
def repair_deep_model(input_shape):
    x = inputs = keras.Input(input_shape)
    for _ in range(30):
        x = layers.Conv2D(
            8, 3, padding="same", activation="relu", kernel_initializer="glorot_normal"
        )(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
