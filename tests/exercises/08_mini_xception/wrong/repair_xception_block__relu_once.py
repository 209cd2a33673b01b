def repair_xception_block(x, size):
    residual = x
    x = layers.Activation("relu")(x)
    for _ in range(2):
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    residual = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(residual)
    residual = layers.BatchNormalization()(residual)
    return layers.add([x, residual])
