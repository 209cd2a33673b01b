def recalibrate(model, images, batch_size):
    found = []

    def search(m):
        for layer in m.layers:
            if isinstance(layer, keras.Model):
                search(layer)
            if isinstance(layer, layers.BatchNormalization):
                found.append(layer)

    search(model)
    before = [(b.momentum, b.trainable) for b in found]
    sums = [[0.0, 0.0] for _ in found]
    try:
        for b in found:
            b.momentum, b.trainable = 0.0, True
        for i in range(0, len(images), batch_size):
            batch = images[i : i + batch_size]
            model(batch, training=True)
            for b, s in zip(found, sums):
                mean, variance = np.asarray(b.moving_mean), np.asarray(b.moving_variance)
                s[0] = s[0] + len(batch) * mean
                s[1] = s[1] + len(batch) * variance
        for b, (first, second) in zip(found, sums):
            b.moving_mean.assign(first / len(images))
            b.moving_variance.assign(second / len(images))
    finally:
        for b, (momentum, trainable) in zip(found, before):
            b.momentum = momentum
            b.trainable = trainable
    return model
