def recalibrate(model, images, batch_size):
    norms = []

    def collect(part):
        for layer in part.layers:
            if isinstance(layer, keras.Model):
                collect(layer)
            elif isinstance(layer, layers.BatchNormalization):
                norms.append(layer)

    collect(model)
    momentum = {norm.name: norm.momentum for norm in norms}
    trainable = {norm.name: norm.trainable for norm in norms}
    for k, start in enumerate(range(0, len(images), batch_size), 1):
        for norm in norms:
            norm.trainable, norm.momentum = True, 1 - 1 / k
        model(images[start : start + batch_size], training=True)
    for norm in norms:
        norm.momentum, norm.trainable = momentum[norm.name], trainable[norm.name]
