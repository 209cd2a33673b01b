def xception_block(x, size):
    i = x
    r = x
    for _ in range(2):
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    return keras.Model(
        i, layers.add([x, layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(r)])
    )
