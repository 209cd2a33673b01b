class Enlarge(layers.Layer):
    def __init__(self, layer):
        super().__init__()
        self.factor = layer.strides[0]
        self.mean = np.asarray(layer.kernel).sum((0, 1)).T / self.factor**2
        self.shift = np.asarray(layer.bias)

    def call(self, x):
        size = [self.factor * n for n in x.shape[1:3]]
        x = keras.ops.image.resize(x, size, interpolation="bilinear")
        return keras.ops.matmul(x, self.mean.astype("float32")) + self.shift


def repair_upsampling(model):
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in model.layers[1:]:
        x = Enlarge(layer)(x) if isinstance(layer, layers.Conv2DTranspose) else layer(x)
    return keras.Model(inputs, x)
