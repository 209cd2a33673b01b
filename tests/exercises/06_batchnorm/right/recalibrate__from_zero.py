def flat(model):
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from flat(layer)
        else:
            yield layer


def recalibrate(model, images, batch_size):
    norms = [x for x in flat(model) if isinstance(x, keras.layers.BatchNormalization)]
    old = {id(x): (x.momentum, x.trainable) for x in norms}
    batches = [images[i : i + batch_size] for i in range(0, len(images), batch_size)]
    for x in norms:
        x.trainable = True
        x.moving_mean.assign(tf.zeros_like(x.moving_mean))
        x.moving_variance.assign(tf.zeros_like(x.moving_variance))
    for k, batch in enumerate(batches, start=1):
        for x in norms:
            x.momentum = 1 - 1 / k
        model(tf.constant(batch), training=True)
    for x in norms:
        x.momentum, x.trainable = old[id(x)]
