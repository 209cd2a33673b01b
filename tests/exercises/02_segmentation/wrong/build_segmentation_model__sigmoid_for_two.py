def build_segmentation_model(image_size=(200, 200), num_classes=3, width=64):
    last = "softmax" if num_classes > 2 else "sigmoid"
    model = keras.Sequential([keras.Input(tuple(image_size) + (3,)), layers.Rescaling(1 / 255)])
    for k in (1, 2, 4):
        model.add(layers.Conv2D(k * width, 3, strides=2, padding="same", activation="relu"))
        model.add(layers.Conv2D(k * width, 3, padding="same", activation="relu"))
    for k in (4, 2, 1):
        model.add(layers.Conv2DTranspose(k * width, 3, padding="same", activation="relu"))
        model.add(
            layers.Conv2DTranspose(k * width, 3, strides=2, padding="same", activation="relu")
        )
    model.add(layers.Conv2D(num_classes, 3, padding="same", activation=last))
    return model
