# hint: 동결한 층의 통계가
def recalibrate(model, images, batch_size):
    def norms(model):
        for layer in model.layers:
            if isinstance(layer, layers.BatchNormalization):
                yield layer
            elif isinstance(layer, keras.Model):
                yield from norms(layer)

    found = list(norms(model))
    settings = [(layer.momentum, layer.trainable) for layer in found]
    for layer in found:
        pass
    for count, start in enumerate(range(0, len(images), batch_size)):
        for layer in found:
            layer.momentum = count / (count + 1)
        model(images[start : start + batch_size], training=True)
    for layer, (momentum, trainable) in zip(found, settings, strict=True):
        layer.momentum, layer.trainable = momentum, trainable
