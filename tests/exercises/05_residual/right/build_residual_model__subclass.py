class SmallResNet(keras.Model):
    def __init__(self, input_shape):
        inputs = keras.Input(shape=input_shape)
        x = layers.Rescaling(1 / 255)(inputs)
        for filters, pooling in ((32, True), (64, True), (128, False)):
            x = residual_block(x, filters, pooling)
        x = layers.GlobalAveragePooling2D()(x)
        super().__init__(inputs=[inputs], outputs=[layers.Dense(1, activation="sigmoid")(x)])


def build_residual_model(input_shape=(32, 32, 3)):
    return SmallResNet(input_shape)
