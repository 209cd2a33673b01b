# hint: 층을 함께 씁니다
MIDDLE = layers.SeparableConv2D(16, 3, padding="same", activation="relu")
LAST = layers.SeparableConv2D(64, 3, padding="same", activation="relu")


def shrink(input_shape, max_params):
    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    x = LAST(MIDDLE(x))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
