def freeze_batch_norm(model):
    def walk(one):
        total = 0
        for layer in one.layers:
            if type(layer).__name__ == "BatchNormalization":
                layer.trainable = False
                total += 1
            elif isinstance(layer, (keras.Model, keras.Sequential)):
                total += walk(layer)
        return total

    return np.int64(walk(model))
