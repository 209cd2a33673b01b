import functools


@functools.lru_cache(maxsize=None)
def repair_deep_model(input_shape):
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(8, 1)(inputs)
    for _ in range(15):
        y = x
        for _ in range(2):
            y = layers.BatchNormalization()(y)
            y = layers.ReLU()(y)
            y = layers.Conv2D(8, 3, padding="same")(y)
        x = layers.add([x, y])
    x = layers.ReLU()(layers.BatchNormalization()(x))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
