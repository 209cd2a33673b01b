# hint: 이웃한 픽셀
def shrink(input_shape, max_params):
    x = inputs = keras.Input(input_shape)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(16, activation="relu")(x)
    x = layers.Dense(64, activation="relu")(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
