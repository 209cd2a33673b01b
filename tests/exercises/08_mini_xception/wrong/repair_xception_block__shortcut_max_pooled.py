# hint: 지름길에 1×1 합성곱과 배치 정규화 말고
def repair_xception_block(x, size):
    s = layers.MaxPooling2D(2, padding="same")(x)
    s = layers.BatchNormalization()(layers.Conv2D(size, 1, use_bias=False)(s))
    for _ in range(2):
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    return layers.add([x, s])
