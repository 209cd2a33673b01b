# hint: 이웃한 픽셀
def shrink(input_shape, max_params):
    x = inputs = keras.Input(input_shape)
    for filters in (16, 64):
        x = layers.Conv2D(filters, 1, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
