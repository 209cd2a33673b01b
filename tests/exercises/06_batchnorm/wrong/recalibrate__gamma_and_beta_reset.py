# hint: 통계가 아닌 가중치까지
def recalibrate(model, images, batch_size):
    def norms(model):
        for layer in model.layers:
            if isinstance(layer, layers.BatchNormalization):
                yield layer
            elif isinstance(layer, keras.Model):
                yield from norms(layer)

    found = list(norms(model))
    for layer in found:
        for weight, value in ((layer.gamma, 0.5), (layer.beta, 1.0)):
            if weight is not None:
                weight.assign(np.full(weight.shape, value))
    settings = [(layer.momentum, layer.trainable) for layer in found]
    for layer in found:
        layer.trainable = True
    for count, start in enumerate(range(0, len(images), batch_size)):
        for layer in found:
            layer.momentum = count / (count + 1)
        model(images[start : start + batch_size], training=True)
    for layer, (momentum, trainable) in zip(found, settings, strict=True):
        layer.momentum, layer.trainable = momentum, trainable
