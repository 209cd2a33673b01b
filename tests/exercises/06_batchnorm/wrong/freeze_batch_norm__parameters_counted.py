def freeze_batch_norm(model):
    count = 0
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
            count += layer.count_params()
        elif isinstance(layer, keras.Model):
            count += freeze_batch_norm(layer)
    return count
