def shrink(input_shape, max_params):
    x = inputs = keras.Input(input_shape)
    for f in (8, 16, 64):
        x = layers.SeparableConv2D(f, 3, activation="relu")(x)
    features = layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(x))
    head = layers.Dense(1, activation="sigmoid")
    return keras.Model(inputs, head(features))
