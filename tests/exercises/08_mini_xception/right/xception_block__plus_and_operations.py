def xception_block(x, size):
    shortcut = layers.Conv2D(size, kernel_size=1, strides=(2, 2), padding="same", use_bias=False)(x)
    for _ in range(2):
        x = keras.ops.relu(layers.BatchNormalization()(x))
        x = layers.SeparableConv2D(filters=size, kernel_size=3, padding="same", use_bias=False)(x)
    return keras.ops.max_pool(x, 3, strides=2, padding="same") + shortcut
