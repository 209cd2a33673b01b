def freeze_batch_norm(model):
    model.trainable = False
    return sum(isinstance(layer, layers.BatchNormalization) for layer in model.layers)
