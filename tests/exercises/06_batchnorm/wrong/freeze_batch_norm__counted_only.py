# hint: 동결하지 않은
def freeze_batch_norm(model):
    count = 0
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            count += 1
        elif isinstance(layer, keras.Model):
            count += freeze_batch_norm(layer)
    return count
