def projection(x, size):
    return layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(x)


def vgg_block(x, size, n):
    for _ in range(n):
        x = layers.ReLU()(layers.BatchNormalization()(x))
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
    return layers.MaxPooling2D(3, strides=2, padding="same")(x)


def build_mini_xception(
    input_shape=(180, 180, 3), sizes=(32, 64, 128, 256, 512), augmentation=None
):
    inputs = keras.Input(shape=input_shape)
    x = inputs if augmentation is None else augmentation(inputs)
    x = layers.Conv2D(32, 5, use_bias=False)(layers.Rescaling(1 / 255)(x))
    for size in sizes:
        x = layers.add([vgg_block(x, size, 2), projection(x, size)])
    x = layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
