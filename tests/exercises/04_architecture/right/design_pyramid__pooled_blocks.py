def design_pyramid(input_shape, num_classes, max_params, max_macs):
    inputs = keras.Input(shape=input_shape)
    x = layers.MaxPooling2D(2)(layers.Conv2D(4, 3, padding="same", activation="relu")(inputs))
    filters = 6
    while max(x.shape[1:3]) > 3:
        x = layers.Conv2D(filters, 3, padding="same")(x)
        x = layers.ReLU()(x)
        x = layers.MaxPooling2D(2, padding="same")(x)
        filters = min(filters + 4, 16)
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
    x = layers.GlobalMaxPooling2D()(x)
    return keras.Model([inputs], [layers.Dense(num_classes, activation="softmax")(x)])
