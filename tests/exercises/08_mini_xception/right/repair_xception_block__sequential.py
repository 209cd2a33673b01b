def repair_xception_block(x, size):
    parts = []
    for _ in range(2):
        parts.append(layers.ReLU())
        parts.append(layers.SeparableConv2D(size, 3, padding="same", use_bias=False))
        parts.append(layers.BatchNormalization())
    trunk = keras.Sequential([*parts, layers.MaxPooling2D(3, 2, padding="same")])
    side = keras.Sequential(
        [layers.Conv2D(size, 1, 2, use_bias=False), layers.BatchNormalization()]
    )
    return layers.add([side(x), trunk(x)])
