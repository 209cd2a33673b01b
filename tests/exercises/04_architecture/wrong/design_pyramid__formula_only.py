# For (28, 28, 1) the formula gives 31, but the padding leaves 27 rows and columns.
def _cost(height, width, channels, num_classes, base, stages):
    """Parameters and multiply-adds of the pyramid below."""
    params = macs = 0
    for i in range(stages):
        out = base * min(2 + i, 4) // 2
        height, width = (height + 1) // 2, (width + 1) // 2
        params += 9 * channels * out + out
        macs += height * width * 9 * channels * out
        channels = out
    params += 9 * channels * channels + channels
    macs += height * width * 9 * channels * channels
    return params + channels * num_classes + num_classes, macs + channels * num_classes


def design_pyramid(input_shape, num_classes, max_params, max_macs):
    height, width, channels = input_shape
    stages = 1
    while 2 ** (stages + 1) - 1 + 2 * 2**stages < max(height, width):  # receptive field
        stages += 1
    base = 4
    while True:
        params, macs = _cost(height, width, channels, num_classes, base + 1, stages)
        if params > max_params or macs > max_macs:
            break
        base += 1
    x = inputs = keras.Input(input_shape)
    for i in range(stages):
        x = layers.Conv2D(
            base * min(2 + i, 4) // 2, 3, strides=2, padding="same", activation="relu"
        )(x)
    x = layers.Conv2D(x.shape[-1], 3, padding="same", activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
