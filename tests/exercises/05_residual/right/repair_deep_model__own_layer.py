class Branch(layers.Layer):
    def __init__(self):
        super().__init__()
        self.first = layers.Conv2D(8, 3, padding="same", activation="relu")
        self.second = layers.Conv2D(8, 3, padding="same")

    def call(self, x):
        return x + self.second(self.first(x))


def repair_deep_model(input_shape):
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(8, 1)(inputs)
    for _ in range(15):
        x = Branch()(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
