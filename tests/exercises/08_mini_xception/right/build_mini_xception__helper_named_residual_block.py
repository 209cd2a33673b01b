def residual_block(x, size):
    r = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(x)
    for _ in range(2):
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
    return layers.add([layers.MaxPooling2D(3, strides=2, padding="same")(x), r])


def build_mini_xception(
    input_shape=(180, 180, 3), sizes=(32, 64, 128, 256, 512), augmentation=None
):
    inputs = keras.Input(shape=input_shape)
    x = inputs if augmentation is None else augmentation(inputs)
    x = layers.Conv2D(32, 5, use_bias=False)(layers.Rescaling(1 / 255)(x))
    for size in sizes:
        x = residual_block(x, size)
    x = layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
