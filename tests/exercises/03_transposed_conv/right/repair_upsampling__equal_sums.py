def repair_upsampling(model):
    repaired = keras.models.clone_model(model)
    repaired.set_weights(model.get_weights())
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in repaired.layers[1:]:
        if isinstance(layer, layers.Conv2DTranspose):
            s, (kernel, bias) = layer.strides[0], layer.get_weights()
            mean = kernel.sum((0, 1)) / s**2
            if len(kernel) < s:
                pattern = np.zeros((s, s, *kernel.shape[2:]))
                new = layers.Conv2DTranspose(layer.filters, s, strides=s, padding="same")
                x = new(x)
                new.set_weights([pattern + mean, bias])
                continue
            for a in range(s):
                for b in range(s):
                    kernel[a::s, b::s] *= mean / kernel[a::s, b::s].sum((0, 1))
            layer.set_weights([kernel, bias])
        x = layer(x)
    return keras.Model(inputs, x)
