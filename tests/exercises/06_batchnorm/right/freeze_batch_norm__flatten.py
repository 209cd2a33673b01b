def freeze_batch_norm(model):
    norms = [one for one in model._flatten_layers() if isinstance(one, layers.BatchNormalization)]
    for norm in norms:
        norm.trainable = False
    return len(norms)
