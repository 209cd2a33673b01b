def build_segmentation_model(image_size=(200, 200), num_classes=3, width=64):
    sizes = [min(width * 2**i, 256) for i in range(3)]
    inputs = keras.Input((*image_size, 3))
    x = layers.Rescaling(1.0 / 255)(inputs)
    for filters in sizes:
        x = layers.Conv2D(filters, 3, strides=2, padding="same", activation="relu")(x)
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    for filters in reversed(sizes):
        x = layers.Conv2DTranspose(filters, 3, padding="same", activation="relu")(x)
        x = layers.Conv2DTranspose(filters, 3, strides=2, padding="same", activation="relu")(x)
    outputs = layers.Conv2D(num_classes, 3, padding="same", activation="softmax")(x)
    return keras.Model(inputs, outputs)
