# hint: 모델 전체의 `trainable`을 바꾸지 마세요.
def freeze_batch_norm(model):
    count = 0
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
            count += 1
        elif isinstance(layer, keras.Model):
            count += freeze_batch_norm(layer)
    model.trainable = False
    for layer in model.layers:
        if not isinstance(layer, layers.BatchNormalization | keras.Model):
            layer.trainable = True
    return count
