def build_segmentation_model(image_size=(200, 200), num_classes=3, width=64):
    def block(x, layer, filters, strides):
        x = layer(filters, 3, strides=strides, padding="same")(x)
        return layers.Activation("relu")(x)

    h, w = image_size
    inputs = keras.Input(shape=(h, w, 3), name="image")
    x = inputs / 255.0
    for f in (width, 2 * width, 4 * width):
        x = block(block(x, layers.Conv2D, f, 2), layers.Conv2D, f, 1)
    for f in (4 * width, 2 * width, width):
        x = block(block(x, layers.Conv2DTranspose, f, 1), layers.Conv2DTranspose, f, 2)
    x = layers.Conv2D(num_classes, (3, 3), padding="same")(x)
    return keras.Model(inputs, layers.Softmax()(x), name="mine")
