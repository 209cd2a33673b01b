def shrink(input_shape, max_params):
    filters = 8 if max_params < 3500 else 20
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    branch = layers.SeparableConv2D(filters, 3, padding="same", use_bias=False)(x)
    branch = layers.ReLU()(layers.BatchNormalization()(branch))
    x = layers.SeparableConv2D(64, 3, padding="same", activation="relu")(branch + x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x), name="phone")
