def repair_upsampling(model):
    for layer in model.layers[1:]:
        if isinstance(layer, layers.Conv2DTranspose):
            kernel, bias = layer.get_weights()
            s, k = layer.strides[0], len(kernel)
            counts = np.zeros((k, k, 1, 1))
            counts[:s, :s] = 1
            mean = kernel.sum(axis=(0, 1), keepdims=True) / s**2
            layer.set_weights([counts * mean, bias])
    return model
