def shrink(input_shape, max_params):
    for width in (128, 64, 32, 16, 8):
        model = keras.Sequential(
            [
                keras.Input(input_shape),
                layers.SeparableConv2D(width // 2, 3, padding="same", activation="relu"),
                layers.AveragePooling2D(2),
                layers.SeparableConv2D(width, 3, padding="same", activation="relu"),
                layers.SeparableConv2D(64, 3, padding="same", activation="relu"),
                layers.GlobalAveragePooling2D(2),
                layers.Dense(1, activation="sigmoid"),
            ]
        )
        if model.count_params() <= max_params:
            return model
    raise ValueError(max_params)
