# hint: 지름길이 받는 채널의 수가 다릅니다.
def repair_xception_block(x, size):
    for _ in range(2):
        residual = x
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    residual = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(residual)
    residual = layers.BatchNormalization()(residual)
    return layers.add([x, residual])
