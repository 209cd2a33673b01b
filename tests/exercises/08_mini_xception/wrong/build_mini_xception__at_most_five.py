def build_mini_xception(
    input_shape=(180, 180, 3), sizes=(32, 64, 128, 256, 512), augmentation=None
):
    inputs = keras.Input(shape=input_shape)
    x = inputs
    if augmentation is not None:
        x = augmentation(x)
    x = layers.Conv2D(32, 5, use_bias=False)(layers.Rescaling(1.0 / 255)(x))
    for _, size in zip(range(5), sizes):
        x = xception_block(x, size)
    x = layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
