# hint: 추론할 때의 출력은 맞습니다
class Fixed(layers.BatchNormalization):
    def call(self, inputs, training=None, mask=None):
        return super().call(inputs, training=False, mask=mask)


def xception_block(x, size):
    shortcut = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(x)
    for _ in range(2):
        x = layers.ReLU()(Fixed()(x))
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
    return layers.add([layers.MaxPooling2D(3, strides=2, padding="same")(x), shortcut])
