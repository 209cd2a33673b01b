def freeze_batch_norm(model):
    n = 0
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            n += freeze_batch_norm(layer)
        elif isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
            n += 1
    model.trainable = True
    return n
