# hint: 배치 정규화의 자리
def repair_xception_block(x, size):
    s = layers.BatchNormalization()(x)
    s = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(s)
    for _ in range(2):
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    return layers.add([x, s])
