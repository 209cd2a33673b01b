def shrink(input_shape, max_params):
    x = inputs = keras.Input(input_shape)
    for f in (8, 16, 64):
        x = layers.SeparableConv2D(f, 3, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
