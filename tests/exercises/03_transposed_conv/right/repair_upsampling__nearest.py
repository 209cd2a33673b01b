def repair_upsampling(model):
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in model.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        if isinstance(layer, layers.Conv2DTranspose):
            s = layer.strides[0]
            kernel = np.asarray(layer.kernel)
            new = layers.Conv2D(layer.filters, 1)
            x = new(layers.UpSampling2D(s)(x))
            new.kernel.assign(np.transpose(kernel.sum((0, 1)) / s**2)[None, None])
            new.bias.assign(layer.bias)
        else:
            x = layer(x)
    return keras.Model(inputs=[inputs], outputs=[x])
