def batch_norms(model):
    found = {}
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            found.update(batch_norms(layer))
        elif isinstance(layer, layers.BatchNormalization):
            found[layer.name] = layer
    return found


def freeze_batch_norm(model):
    found = batch_norms(model)
    for layer in found.values():
        layer.trainable = False
    return len(found)
