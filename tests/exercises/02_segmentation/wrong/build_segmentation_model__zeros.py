def build_segmentation_model(image_size=(200, 200), num_classes=3, width=64):
    def block(kind, filters, strides, activation="relu"):
        return kind(
            filters,
            3,
            strides=strides,
            padding="same",
            activation=activation,
            kernel_initializer="zeros",
        )

    inputs = keras.Input((*image_size, 3))
    x = layers.Rescaling(1.0 / 255)(inputs)
    for filters in (width, 2 * width, 4 * width):
        for strides in (2, 1):
            x = block(layers.Conv2D, filters, strides)(x)
    for filters in (4 * width, 2 * width, width):
        for strides in (1, 2):
            x = block(layers.Conv2DTranspose, filters, strides)(x)
    return keras.Model(inputs, block(layers.Conv2D, num_classes, 1, "softmax")(x))
