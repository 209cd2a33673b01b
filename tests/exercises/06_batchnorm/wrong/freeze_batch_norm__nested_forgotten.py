# hint: 모델 안의 모델
def freeze_batch_norm(model):
    count = 0
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
            count += 1
    return count
