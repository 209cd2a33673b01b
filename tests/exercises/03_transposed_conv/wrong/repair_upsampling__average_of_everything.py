def repair_upsampling(model):
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in model.layers[1:]:
        if not isinstance(layer, layers.Conv2DTranspose):
            x = layer(x)
            continue
        kernel, *bias = layer.get_weights()
        mean = kernel.sum(axis=(0, 1)) / np.prod(layer.strides)
        mix = layers.Conv2D(layer.filters, 1, use_bias=layer.use_bias)
        x = mix(
            layers.UpSampling2D(
                tuple(n * s for n, s in zip(x.shape[1:3], layer.strides, strict=True))
            )(layers.GlobalAveragePooling2D(keepdims=True)(x))
        )
        mix.set_weights([mean.T[None, None], *bias])
    return keras.Model(inputs, x)
