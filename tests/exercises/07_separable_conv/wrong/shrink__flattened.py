# hint: 한도
def shrink(input_shape, max_params):
    x = inputs = keras.Input(input_shape)
    x = layers.SeparableConv2D(16, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(4)(x)
    x = layers.Dense(64, activation="relu")(layers.Flatten()(x))
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
