# hint: 수용 영역
def design_pyramid(input_shape, num_classes, max_params, max_macs):
    field, jump, layer_count = 1, 1, 0
    while field < max(input_shape[:2]):
        field += 2 * jump
        jump *= 2
        layer_count += 1
    x = inputs = keras.Input(input_shape)
    for _ in range(layer_count):
        x = layers.Conv2D(10, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
