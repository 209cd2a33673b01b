def design_pyramid(input_shape, num_classes, max_params, max_macs):
    inner = keras.Input(input_shape)
    x = layers.Conv2D(6, 5, 2, padding="same", activation="relu", name="stem")(inner)
    while max(x.shape[1:3]) > 3:
        x = layers.Conv2D(12, 3, 2, padding="same", activation="relu")(x)
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
    body = keras.Model(inner, layers.Flatten()(x), name="body")
    head = keras.Sequential([body, layers.Dense(num_classes, "softmax")])
    outer = keras.Input(input_shape)
    return keras.Model(outer, head(outer))
