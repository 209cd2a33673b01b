def repair_xception_block(x, size):
    def unit(tensor):
        tensor = layers.ReLU()(tensor)
        tensor = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(tensor)
        tensor = layers.Conv2D(size, 1, use_bias=False)(tensor)
        return layers.BatchNormalization()(tensor)

    trunk = layers.MaxPool2D((3, 3), (2, 2), "same")(unit(unit(x)))
    side = layers.BatchNormalization()(layers.Conv2D(size, (1, 1), (2, 2), use_bias=False)(x))
    return trunk + side
