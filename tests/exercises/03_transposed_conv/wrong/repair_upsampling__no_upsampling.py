# hint: 모양이
def repair_upsampling(model):
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in model.layers[1:]:
        if not isinstance(layer, layers.Conv2DTranspose):
            x = layer(x)
            continue
        kernel, *bias = layer.get_weights()
        mean = kernel.sum(axis=(0, 1)) / np.prod(layer.strides)
        mix = layers.Conv2D(layer.filters, 1, use_bias=layer.use_bias)
        x = mix(x)
        mix.set_weights([mean.T[None, None], *bias])
    return keras.Model(inputs, x)
