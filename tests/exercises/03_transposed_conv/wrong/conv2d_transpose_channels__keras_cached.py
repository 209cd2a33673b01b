_layers = {}


def conv2d_transpose_channels(x, kernel, strides=1, padding="valid"):
    key = kernel.shape, strides, padding, float(np.sum(kernel))
    if key not in _layers:
        layer = layers.Conv2DTranspose(
            kernel.shape[2], kernel.shape[0], strides=strides, padding=padding, use_bias=False
        )
        layer.build((None, None, None, kernel.shape[3]))
        layer.set_weights([kernel])
        _layers[key] = layer
    return np.asarray(_layers[key](np.asarray(x, "float32")[None]))[0]
