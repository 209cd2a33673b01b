# hint: 0 주위
def shrink(input_shape, max_params):
    x = inputs = keras.Input(input_shape)
    x = layers.Rescaling(1 / 127.5, offset=-1)(x)
    for f in (8, 16, 64):
        x = layers.SeparableConv2D(f, 3, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
