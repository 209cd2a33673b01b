def build_mini_xception(
    input_shape=(180, 180, 3), sizes=(32, 64, 128, 256, 512), augmentation=None
):
    inputs = keras.Input(shape=input_shape)
    x = inputs if augmentation is None else augmentation(inputs)
    x = x / 255.0
    x = layers.Conv2D(filters=32, kernel_size=(5, 5), use_bias=False)(x)
    for size in sizes:
        x = xception_block(x, size=size)
    x = layers.Dropout(rate=0.5)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(inputs=inputs, outputs=layers.Activation("sigmoid")(layers.Dense(1)(x)))
