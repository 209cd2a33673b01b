def xception_block(x, size):
    r = x
    for i in range(2):
        x = layers.BatchNormalization()(x, training=True)
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    return layers.add([x, layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(r)])
