from keras import ops


def repair_xception_block(x, size):
    side = layers.Dense(size, use_bias=False)(x[:, ::2, ::2])
    side = layers.BatchNormalization(axis=3)(side)
    for _ in range(2):
        conv = layers.SeparableConv2D(size, (3, 3), use_bias=False, padding="SAME".lower())
        x = layers.BatchNormalization()(conv(ops.relu(x)))
    return layers.Add()([ops.max_pool(x, 3, strides=2, padding="same"), side])
