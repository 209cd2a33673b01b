# hint: 활성화 함수
def build_segmentation_model(image_size=(200, 200), num_classes=3, width=64):
    inputs = keras.Input((*image_size, 3))
    x = layers.Rescaling(1 / 255)(inputs)
    for f in (1, 2, 4):
        x = layers.Conv2D(f * width, 3, strides=2, activation="relu", padding="same")(x)
        x = layers.Conv2D(f * width, 3, activation="relu", padding="same")(x)
    for f in (4, 2, 1):
        x = layers.Conv2DTranspose(f * width, 3, activation="relu", padding="same")(x)
        x = layers.Conv2DTranspose(f * width, 3, strides=2, activation="relu6", padding="same")(x)
    outputs = layers.Conv2D(num_classes, 3, activation="softmax", padding="same")(x)
    return keras.Model(inputs, outputs)
