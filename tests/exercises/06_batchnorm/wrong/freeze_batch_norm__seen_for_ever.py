def freeze_batch_norm(model, seen=[]):
    count = 0
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            count += freeze_batch_norm(layer)
        elif isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
            if not any(layer is other for other in seen):
                seen.append(layer)
                count += 1
    return count
