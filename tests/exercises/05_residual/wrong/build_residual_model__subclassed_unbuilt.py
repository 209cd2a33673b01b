class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.d = layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.d(keras.ops.mean(x, axis=(1, 2)))


def build_residual_model(input_shape=(32, 32, 3)):
    return Net()
