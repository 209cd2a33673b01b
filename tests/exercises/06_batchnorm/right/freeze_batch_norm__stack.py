def freeze_batch_norm(model):
    found, waiting = 0, [model]
    while waiting:
        for layer in waiting.pop().layers:
            if isinstance(layer, keras.layers.BatchNormalization):
                layer.trainable = False
                found += 1
            if hasattr(layer, "layers"):
                waiting.append(layer)
    return found
