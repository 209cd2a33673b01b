def recalibrate(model, images, batch_size):
    norms = [one for one in model._flatten_layers() if isinstance(one, layers.BatchNormalization)]
    old = [(one.momentum, one.trainable) for one in norms]
    for one in norms:
        one.trainable = True
    for k in range(max(1, len(images) // batch_size)):
        for one in norms:
            one.momentum = k / (k + 1)
        model(images[k * batch_size : (k + 1) * batch_size], training=True)
    for one, (m, t) in zip(norms, old):
        one.momentum, one.trainable = m, t
