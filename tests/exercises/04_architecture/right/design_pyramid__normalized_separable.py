def design_pyramid(input_shape, num_classes, max_params, max_macs):
    def step(x, filters, strides=2):
        x = layers.SeparableConv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
        return layers.Activation("relu")(layers.BatchNormalization()(x))

    x = inputs = keras.Input(input_shape)
    x = layers.Conv2D(8, 5, strides=2, padding="same", activation="relu")(x)
    filters = 16
    while min(x.shape[1:3]) > 2:
        x = step(x, filters)
        filters = 24
    x = step(step(x, 24, strides=1), 24, strides=1)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
