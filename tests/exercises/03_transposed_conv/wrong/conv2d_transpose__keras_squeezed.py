import keras
import numpy as np


def conv2d_transpose(x, kernel, strides=1):
    x = np.asarray(x, dtype="float32")
    kernel = np.asarray(kernel, dtype="float32")
    layer = keras.layers.Conv2DTranspose(1, len(kernel), strides=strides, use_bias=False)
    layer.build((None, *x.shape, 1))
    layer.set_weights([kernel[:, :, None, None]])
    return np.squeeze(np.asarray(layer(x[None, :, :, None])))
