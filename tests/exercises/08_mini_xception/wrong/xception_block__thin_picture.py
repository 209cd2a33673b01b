def xception_block(x, size):
    strides = 2 if min(x.shape[1:3]) > 1 else 1
    residual = layers.Conv2D(size, 1, strides=strides, padding="same", use_bias=False)(x)
    for _ in range(2):
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
    x = layers.MaxPooling2D(3, strides=strides, padding="same")(x)
    return layers.add([x, residual])
