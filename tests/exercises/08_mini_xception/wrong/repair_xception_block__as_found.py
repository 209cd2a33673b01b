# hint: 지름길이 받는 채널의 수가 다릅니다.
def repair_xception_block(x, size):
    return found_block(x, size)


def found_block(x, size):
    normalization = layers.BatchNormalization()
    for _ in range(2):
        x = layers.Activation("relu")(x)
        residual = x
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
        x = normalization(x)
    x = layers.MaxPooling2D(2, strides=2, padding="same")(x)
    residual = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(residual)
    residual = layers.BatchNormalization()(residual)
    return layers.Activation("relu")(layers.add([x, residual]))
