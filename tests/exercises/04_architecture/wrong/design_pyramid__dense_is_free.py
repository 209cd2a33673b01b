def design_pyramid(input_shape, num_classes, max_params, max_macs):
    def build(w):
        x = inputs = keras.Input(input_shape)
        while max(x.shape[1:3]) > 3:
            x = layers.Conv2D(w, 3, strides=2, padding="same", activation="relu")(x)
        x = layers.Conv2D(w, 3, padding="same", activation="relu")(x)
        x = layers.GlobalAveragePooling2D()(x)
        return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))

    def cost(model):
        total = 0
        for layer in model.layers:
            if isinstance(layer, layers.Conv2D):
                total += (
                    layer.output.shape[1] * layer.output.shape[2] * int(np.prod(layer.kernel.shape))
                )
        return total

    for w in range(32, 3, -1):
        model = build(w)
        if model.count_params() <= max_params and cost(model) <= max_macs:
            return model
    return build(4)
