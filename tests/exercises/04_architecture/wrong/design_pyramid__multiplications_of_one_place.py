# hint: 곱셈–덧셈이
def design_pyramid(input_shape, num_classes, max_params, max_macs):
    channels = input_shape[-1]
    width = 4
    while 9 * (width + 1) * (channels + 2 * (width + 1)) + num_classes * width < min(
        max_params, max_macs
    ):
        width += 1
    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
    x = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(8)(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
