def design_pyramid(input_shape, num_classes, max_params, max_macs):
    height, width, channels = input_shape

    def plan(first):
        h, w, c, filters, params, macs = height, width, channels, first, 0, 0
        found = []
        while max(h, w) > 3:
            h, w = (h + 1) // 2, (w + 1) // 2
            params += 9 * c * filters + filters
            macs += h * w * 9 * c * filters
            found.append(filters)
            c, filters = filters, min(2 * filters, 4 * first)
        params += 9 * c * c + c + c * num_classes + num_classes
        macs += h * w * 9 * c * c + c * num_classes
        return found, params <= max_params and macs <= max_macs

    first = max(n for n in range(1, 33) if plan(n)[1])
    x = inputs = keras.Input(input_shape)
    for filters in plan(first)[0]:
        x = layers.Conv2D(filters, 3, 2, padding="same", activation="relu")(x)
    x = layers.Conv2D(x.shape[-1], 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
