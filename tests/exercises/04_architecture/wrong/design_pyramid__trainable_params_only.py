def design_pyramid(input_shape, num_classes, max_params, max_macs):
    height, width, channels = input_shape
    best = 6
    for w in (6, 10, 12, 14, 20, 24):
        h, v, c, params, macs = height, width, channels, 0, 0
        while max(h, v) > 3:
            h, v = -(-h // 2), -(-v // 2)
            params += 9 * c * w + 2 * w
            macs += h * v * 9 * c * w
            c = w
        params += 9 * w * w + 2 * w + w * num_classes + num_classes
        macs += h * v * 9 * w * w + w * num_classes
        if params <= max_params and macs <= max_macs:
            best = w

    def unit(x, strides):
        x = layers.Conv2D(best, 3, strides=strides, padding="same", use_bias=False)(x)
        return layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))

    x = inputs = keras.Input(input_shape)
    while max(x.shape[1:3]) > 3:
        x = unit(x, 2)
    x = layers.GlobalAveragePooling2D()(unit(x, 1))
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
