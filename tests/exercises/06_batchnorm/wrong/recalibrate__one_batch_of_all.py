# hint: 한 번에
def recalibrate(model, images, batch_size):
    norms = [one for one in model._flatten_layers() if isinstance(one, layers.BatchNormalization)]
    old = [(one.momentum, one.trainable) for one in norms]
    for one in norms:
        one.trainable, one.momentum = True, 0.0
    model(images, training=True)
    for one, (m, t) in zip(norms, old):
        one.momentum, one.trainable = m, t
