def build_mini_xception(
    input_shape=(180, 180, 3), sizes=(32, 64, 128, 256, 512), augmentation=None
):
    def block(x, size):
        shortcut = layers.Conv2D(size, 1, strides=2, padding="same", use_bias=False)(x)
        for _ in range(2):
            x = layers.Activation("relu")(layers.BatchNormalization()(x))
            x = layers.SeparableConv2D(size, 3, padding="same", use_bias=False)(x)
        x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
        return layers.add([x, shortcut])

    inputs = keras.Input(shape=tuple(input_shape))
    x = inputs
    if augmentation:
        x = augmentation(x)
    x = layers.Rescaling(1.0 / 255)(x)
    x = layers.Conv2D(32, 5, use_bias=False)(x)
    for size in list(sizes):
        x = block(x, size)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.5)(x)
    outputs = layers.Dense(1, activation="sigmoid")(x)
    model = keras.Model(inputs, outputs)
    model.compile("rmsprop", "binary_crossentropy")
    return model
