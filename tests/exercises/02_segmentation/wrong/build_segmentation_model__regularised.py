def build_segmentation_model(image_size=(200, 200), num_classes=3, width=64):
    settings = dict(padding="same", activation="relu", kernel_regularizer="l2")
    inputs = keras.Input((*image_size, 3))
    x = layers.Rescaling(1.0 / 255)(inputs)
    for filters in (width, 2 * width, 4 * width):
        x = layers.Conv2D(filters, 3, strides=2, **settings)(x)
        x = layers.Conv2D(filters, 3, **settings)(x)
    for filters in (4 * width, 2 * width, width):
        x = layers.Conv2DTranspose(filters, 3, **settings)(x)
        x = layers.Conv2DTranspose(filters, 3, strides=2, **settings)(x)
    settings["activation"] = "softmax"
    return keras.Model(inputs, layers.Conv2D(num_classes, 3, **settings)(x))
