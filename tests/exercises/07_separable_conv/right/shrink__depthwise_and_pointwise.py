def shrink(input_shape, max_params):
    inputs = keras.Input(shape=input_shape)
    x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
    for width in (16 if max_params < 4000 else 24, 64):
        x = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x)
        x = layers.Conv2D(width, 1)(x)
        x = layers.Activation("relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(1, activation=keras.activations.sigmoid)(x)
    return keras.Model(inputs=[inputs], outputs=[outputs])
