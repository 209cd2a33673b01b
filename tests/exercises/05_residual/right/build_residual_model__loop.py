def build_residual_model(input_shape=(32, 32, 3)):
    inputs = keras.Input(shape=input_shape)
    x = inputs / 255.0
    for filters, pooling in [(32, True), (64, True), (128, False)]:
        x = residual_block(x, filters, pooling)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(1)(x)
    return keras.Model(inputs=inputs, outputs=layers.Activation("sigmoid")(x))
