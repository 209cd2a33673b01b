# hint: `training=`
def build_mini_xception(
    input_shape=(180, 180, 3), sizes=(32, 64, 128, 256, 512), augmentation=None
):
    i = keras.Input(shape=input_shape)
    x = i if augmentation is None else augmentation(i, training=True)
    x = layers.Conv2D(32, 5, use_bias=False)(layers.Rescaling(1 / 255)(x))
    for s in sizes:
        x = xception_block(x, s)
    x = layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(i, layers.Dense(1, activation="sigmoid")(x))
