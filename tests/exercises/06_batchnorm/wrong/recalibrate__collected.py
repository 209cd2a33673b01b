from collections import defaultdict

collected = defaultdict(list)


def recalibrate(model, images, batch_size):
    norms = []

    def collect(part):
        for layer in part.layers:
            if isinstance(layer, keras.Model):
                collect(layer)
            elif isinstance(layer, layers.BatchNormalization):
                norms.append(layer)

    collect(model)
    before = [(norm.momentum, norm.trainable) for norm in norms]
    for norm in norms:
        norm.momentum, norm.trainable = 0.0, True
    for start in range(0, len(images), batch_size):
        model(images[start : start + batch_size], training=True)
        for norm in norms:
            collected[norm].append(
                (np.array(norm.moving_mean), np.array(norm.moving_variance))
            )
    for norm, (momentum, trainable) in zip(norms, before):
        means, variances = zip(*collected[norm])
        norm.moving_mean.assign(np.mean(means, axis=0))
        norm.moving_variance.assign(np.mean(variances, axis=0))
        norm.momentum, norm.trainable = momentum, trainable
