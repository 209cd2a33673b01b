class Deep(keras.Model):
    def __init__(self, input_shape):
        inputs = keras.Input(input_shape)
        x = inputs
        for _ in range(30):
            x = layers.Conv2D(
                8, 3, padding="same", activation="selu", kernel_initializer="lecun_normal"
            )(x)
        x = layers.GlobalAveragePooling2D()(x)
        super().__init__(inputs, layers.Dense(1, activation="sigmoid")(x))


def repair_deep_model(input_shape):
    return Deep(input_shape)
