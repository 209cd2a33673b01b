def design_pyramid(input_shape, num_classes, max_params, max_macs):
    model = keras.Sequential([keras.Input(input_shape)])
    model.add(layers.Conv2D(8, 5, strides=4, padding="same", activation="relu"))
    dilation = 1
    while dilation < max(input_shape[:2]) / 4:
        model.add(layers.Conv2D(6, 3, dilation_rate=dilation, padding="same", activation="relu"))
        dilation *= 2
    model.add(layers.Conv2D(16, 3, dilation_rate=2, padding="same", activation="relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes))
    model.add(layers.Softmax())
    return model
