def _widest(height, width, channels, num_classes, fits):
    best = 4
    for w in range(4, 33):
        h, v, c, params, macs = height, width, channels, 0, 0
        while max(h, v) > 3:
            h, v = -(-h // 2), -(-v // 2)
            params += 9 * c * w + w
            macs += h * v * 9 * c * w
            c = w
        params += 9 * w * w + w + w * num_classes + num_classes
        macs += h * v * 9 * w * w + w * num_classes
        if fits(params, macs):
            best = w
    return best


def design_pyramid(input_shape, num_classes, max_params, max_macs):
    if max_params < 10_000:
        fits = lambda params, macs: params <= max_params
    else:
        fits = lambda params, macs: params <= max_params and macs <= max_macs
    height, width, channels = input_shape
    w = _widest(height, width, channels, num_classes, fits)
    x = inputs = keras.Input(input_shape)
    while max(x.shape[1], x.shape[2]) > 3:
        x = layers.Conv2D(w, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Conv2D(w, 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
