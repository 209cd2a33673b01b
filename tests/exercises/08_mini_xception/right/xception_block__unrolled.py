def xception_block(x, size):
    shortcut = layers.Conv2D(size, 1, strides=2, use_bias=False)(x)
    y = layers.ReLU()(layers.BatchNormalization()(x))
    y = layers.SeparableConv2D(size, (3, 3), padding="same", use_bias=False)(y)
    y = layers.ReLU()(layers.BatchNormalization()(y))
    y = layers.SeparableConv2D(size, (3, 3), padding="same", use_bias=False)(y)
    y = layers.MaxPool2D((3, 3), strides=2, padding="same")(y)
    return layers.Add()([y, shortcut])
