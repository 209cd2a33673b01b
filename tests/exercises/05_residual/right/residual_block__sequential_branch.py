def residual_block(x, filters, pooling=False):
    branch = keras.Sequential(
        [
            layers.Conv2D(filters, 3, padding="same", activation=keras.activations.relu),
            layers.Conv2D(filters, 3, padding="same", activation=keras.ops.relu),
        ]
    )
    if pooling:
        branch.add(layers.MaxPooling2D(2, padding="same"))
    y = branch(x)
    if tuple(y.shape) != tuple(x.shape):
        x = layers.Conv2D(filters, 1, strides=2 if pooling else 1)(x)
    return keras.ops.add(x, y)
