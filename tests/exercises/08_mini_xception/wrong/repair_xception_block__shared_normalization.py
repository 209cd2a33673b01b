# hint: 층이 빠졌거나, 한 층을 두 번 썼거나, 편향이 남았거나
def repair_xception_block(x, size):
    residual = x
    norm = layers.BatchNormalization()
    for _ in range(2):
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
        x = norm(x)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    residual = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(residual)
    residual = layers.BatchNormalization()(residual)
    return layers.add([x, residual])
