# hint: 밝기
def repair_upsampling(model):
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in model.layers[1:]:
        if not isinstance(layer, layers.Conv2DTranspose):
            x = layer(x)
            continue
        kernel, bias = layer.get_weights()
        last = layer is model.layers[-1]
        mix = layers.Conv2D(layer.filters, 1, activation=None if last else "relu")
        x = mix(layers.UpSampling2D(layer.strides)(x))
        gain = kernel.sum(axis=(0, 1)) / np.prod(layer.strides)
        mix.set_weights([gain.T[None, None], bias])
    return keras.Model(inputs, x)
