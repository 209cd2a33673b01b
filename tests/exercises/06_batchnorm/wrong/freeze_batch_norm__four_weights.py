def freeze_batch_norm(model):
    found = []
    stack = [model]
    while stack:
        for layer in stack.pop().layers:
            if isinstance(layer, keras.Model):
                stack.append(layer)
            elif len(layer.weights) == 4 and any("moving" in w.name for w in layer.weights):
                layer.trainable = False
                found.append(layer)
    return len(found)
