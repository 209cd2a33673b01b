# The same in inference, where the scale is positive; not in training.
def repair_xception_block(x, size):
    def separable(x):
        x = layers.Activation("relu")(x)
        return layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)

    y = separable(layers.BatchNormalization()(separable(x)))
    y = layers.BatchNormalization()(layers.MaxPooling2D(3, strides=2, padding="same")(y))
    side = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(x)
    return layers.add([y, layers.BatchNormalization()(side)])
