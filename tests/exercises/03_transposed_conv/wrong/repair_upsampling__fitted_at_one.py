import keras
import numpy as np
from keras import layers


def _level(model):
    ones = np.ones((1, *model.input_shape[1:]), "float32")
    edge = 4 * (model.output_shape[1] // model.input_shape[1])
    return np.asarray(model(ones))[0, edge:-edge, edge:-edge].mean(axis=(0, 1))


def repair_upsampling(model):
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in model.layers[1:]:
        if isinstance(layer, layers.Conv2DTranspose):
            kernel = layer.get_weights()[0]
            x = layers.UpSampling2D(layer.strides)(x)
            layer = layers.Conv2D(layer.filters, 1, use_bias=False)
            layer.build(x.shape)
            layer.set_weights([kernel.sum(axis=(0, 1)).T[None, None]])
        x = layer(x)
    factor = _level(model) / _level(keras.Model(inputs, x))
    last = layers.Conv2D(len(factor), 1, use_bias=False)
    last.build(x.shape)
    last.set_weights([np.diag(factor)[None, None]])
    return keras.Model(inputs, last(x))
