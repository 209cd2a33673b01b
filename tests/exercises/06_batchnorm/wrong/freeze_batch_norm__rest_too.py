def freeze_batch_norm(model):
    n = 0
    for layer in model._flatten_layers(include_self=False):
        if "Normalization" in type(layer).__name__:
            layer.trainable = False
            n += 1
    return n
