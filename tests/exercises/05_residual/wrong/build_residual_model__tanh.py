def build_residual_model(input_shape=(32, 32, 3)):
    inp = keras.Input(shape=input_shape)
    x = layers.Rescaling(1 / 255)(inp)
    x = residual_block(x, 32, True)
    x = residual_block(x, 64, True)
    x = residual_block(x, 128)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inp, layers.Dense(1, activation="tanh")(x))
