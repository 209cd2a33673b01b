def build_segmentation_model(image_size=(200, 200), num_classes=3, width=64):
    inputs = keras.Input(shape=(*image_size, 3))
    x = layers.Rescaling(1 / 255)(inputs)
    for f in (width, 2 * width, 4 * width):
        x = layers.Conv2D(f, 3, strides=2, activation="relu", padding="same")(x)
        x = layers.Conv2D(f, 3, activation="relu", padding="same")(x)
    for f in (4 * width, 2 * width, width):
        x = layers.Conv2DTranspose(f, 3, strides=2, activation="relu", padding="same")(x)
        x = layers.Conv2DTranspose(f, 3, activation="relu", padding="same")(x)
    return keras.Model(
        inputs, layers.Conv2D(num_classes, 3, activation="softmax", padding="same")(x)
    )
