def recalibrate(model, images, batch_size):
    def every(m):
        for layer in m.layers:
            yield from every(layer) if hasattr(layer, "layers") else [layer]

    norms = [layer for layer in every(model) if type(layer) is layers.BatchNormalization]
    momenta = [layer.momentum for layer in norms]
    frozen = [layer for layer in norms if not layer.trainable]
    seen = [[] for _ in norms]
    for layer in norms:
        layer.momentum = 0.0
    for layer in frozen:
        layer.trainable = True
    for start in range(0, len(images), batch_size):
        model(images[start : start + batch_size], training=True)
        for layer, record in zip(norms, seen, strict=True):
            record.append((np.array(layer.moving_mean), np.array(layer.moving_variance)))
    for layer, record, momentum in zip(norms, seen, momenta, strict=True):
        means, variances = zip(*record, strict=True)
        layer.moving_mean.assign(np.mean(means, axis=0))
        layer.moving_variance.assign(np.mean(variances, axis=0))
        layer.momentum = momentum
    for layer in frozen:
        layer.trainable = False
