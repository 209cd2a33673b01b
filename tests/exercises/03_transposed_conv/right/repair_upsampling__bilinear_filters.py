def tent(s):
    cut = s // 2
    line = 1 - np.abs((np.arange(2 * s) - cut + 0.5) / s - 0.5)
    return np.outer(line, line)


def repair_upsampling(model):
    repaired = keras.Sequential([keras.Input(model.input_shape[1:])])
    for layer in model.layers[1:]:
        config = layer.get_config()
        weights = layer.get_weights()
        if isinstance(layer, layers.Conv2DTranspose):
            s = layer.strides[0]
            config["kernel_size"] = (2 * s, 2 * s)
            mean = weights[0].sum(axis=(0, 1)) / s**2
            weights[0] = tent(s)[:, :, None, None] * mean
        copy = type(layer).from_config(config)
        repaired.add(copy)
        copy.set_weights(weights)
    return repaired
