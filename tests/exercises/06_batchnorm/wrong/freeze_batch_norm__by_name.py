def freeze_batch_norm(model):
    count = 0
    for layer in model.layers:
        if layer.name.startswith("batch_normalization"):
            layer.trainable = False
            count += 1
        elif isinstance(layer, keras.Model):
            count += freeze_batch_norm(layer)
    return count
