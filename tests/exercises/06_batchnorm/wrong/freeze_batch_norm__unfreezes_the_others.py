# hint: 풀었습니다
def freeze_batch_norm(model):
    n = 0
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            n += freeze_batch_norm(layer)
        else:
            layer.trainable = not isinstance(layer, layers.BatchNormalization)
            n += not layer.trainable
    return n
