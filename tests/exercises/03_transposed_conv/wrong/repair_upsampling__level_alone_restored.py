# hint: 대비
def repair_upsampling(model):
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in model.layers[1:]:
        if not isinstance(layer, layers.Conv2DTranspose):
            x = layer(x)
            continue
        kernel, bias = layer.get_weights()
        mix = layers.Conv2D(layer.filters, 1)
        x = mix(layers.UpSampling2D(layer.strides)(x))
        gain = kernel.mean(axis=(0, 1))
        mix.set_weights([gain.T[None, None], bias])
    repaired = keras.Model(inputs, x)
    ones = np.ones((1, *model.input_shape[1:]))
    old, new = (np.asarray(m(ones))[0, 8:-8, 8:-8].mean((0, 1)) for m in (model, repaired))
    return keras.Model(inputs, layers.Rescaling(1.0, offset=(old - new).tolist())(x))
