def recalibrate(model, images, batch_size):
    def norms_of(part):
        inner = [norms_of(layer) for layer in getattr(part, "layers", [])]
        own = [part] if isinstance(part, layers.BatchNormalization) else []
        return sum(inner, own)

    norms = norms_of(model)
    settings = [(n.momentum, n.trainable) for n in norms]
    for n in norms:
        n.trainable = True
    dataset = tf.data.Dataset.from_tensor_slices(images).batch(batch_size)
    for step, batch in dataset.enumerate():
        for n in norms:
            n.momentum = float(step) / (float(step) + 1)
        model.call(batch, training=True)
    for n, (momentum, trainable) in zip(norms, settings):
        n.momentum = momentum
        n.trainable = trainable
