def vgg_block(x, filters, convs):
    inp = keras.Input(x.shape[1:])
    y = inp
    for i in range(convs):
        y = layers.Conv2D(filters, 3, padding="same")(y)
        y = layers.ReLU()(y)
    y = layers.MaxPooling2D()(y)
    return keras.Model(inp, y)(x)
