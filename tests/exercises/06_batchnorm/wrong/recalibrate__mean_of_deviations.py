def _norms(model):
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            yield layer
        elif isinstance(layer, keras.Model):
            yield from _norms(layer)


def recalibrate(model, images, batch_size):
    norms = list(_norms(model))
    before = [(norm.momentum, norm.trainable) for norm in norms]
    for norm in norms:
        norm.momentum, norm.trainable = 0.0, True
    means, deviations = [], []
    for start in range(0, len(images), batch_size):
        model(images[start : start + batch_size], training=True)
        means.append([np.array(norm.moving_mean) for norm in norms])
        deviations.append([np.sqrt(np.array(norm.moving_variance)) for norm in norms])
    for i, norm in enumerate(norms):
        norm.moving_mean.assign(np.mean([row[i] for row in means], axis=0))
        norm.moving_variance.assign(np.mean([row[i] for row in deviations], axis=0) ** 2)
        norm.momentum, norm.trainable = before[i]
