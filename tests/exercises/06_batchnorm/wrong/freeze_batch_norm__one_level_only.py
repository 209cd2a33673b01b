def freeze_batch_norm(model):
    count = 0
    for layer in model.layers:
        for one in [layer, *getattr(layer, "layers", [])]:
            if isinstance(one, layers.BatchNormalization):
                one.trainable = False
                count += 1
    return count
