# hint: 곱셈–덧셈이
def design_pyramid(input_shape, num_classes, max_params, max_macs):
    x = inputs = keras.Input(input_shape)
    for _ in range(5):
        x = layers.Conv2D(9, 3, padding="same", activation="relu")(x)
    for _ in range(3):
        x = layers.MaxPooling2D(2)(x)
        x = layers.Conv2D(9, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
