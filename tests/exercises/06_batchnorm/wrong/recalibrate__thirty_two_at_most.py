def _norms(model):
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            yield layer
        elif isinstance(layer, keras.Model):
            yield from _norms(layer)


def recalibrate(model, images, batch_size):
    size = min(batch_size, 32)
    norms = list(_norms(model))
    before = [(norm.momentum, norm.trainable) for norm in norms]
    for norm in norms:
        norm.trainable = True
    for k, start in enumerate(range(0, len(images), size), start=1):
        for norm in norms:
            norm.momentum = 1 - 1 / k
        model(images[start : start + size], training=True)
    for norm, (momentum, trainable) in zip(norms, before):
        norm.momentum, norm.trainable = momentum, trainable
