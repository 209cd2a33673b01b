def freeze_batch_norm(model):
    count = 0
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
            count += 1
        elif isinstance(layer, keras.Model):
            freeze_batch_norm(layer)
    return count
