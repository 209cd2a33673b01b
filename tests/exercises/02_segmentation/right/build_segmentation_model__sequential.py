def build_segmentation_model(image_size=(200, 200), num_classes=3, width=64):
    model = keras.Sequential([keras.Input((*image_size, 3)), layers.Rescaling(1.0 / 255)])
    for factor in (1, 2, 4):
        for strides in (2, 1):
            model.add(layers.Conv2D(factor * width, 3, strides, "same", activation="relu"))
    for factor in (4, 2, 1):
        for strides in (1, 2):
            model.add(layers.Conv2DTranspose(factor * width, 3, strides, "same", activation="relu"))
    model.add(layers.Conv2D(num_classes, 3, padding="same", activation="softmax"))
    return model
