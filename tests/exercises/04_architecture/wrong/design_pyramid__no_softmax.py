# hint: 확률이 아닙니다
def design_pyramid(input_shape, num_classes, max_params, max_macs):
    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(6, 3, strides=2, padding="same", activation="relu")(x)
    while max(x.shape[1:3]) > 3:
        x = layers.Conv2D(12, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))
