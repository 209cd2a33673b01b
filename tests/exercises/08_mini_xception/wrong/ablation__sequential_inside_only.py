# A functional model inside is not counted.
def ablation(models, test):
    images, labels = test

    def macs(model):
        total = 0
        for layer in model.layers:
            if isinstance(layer, keras.Sequential):
                total += macs(layer)
            elif isinstance(layer, layers.Conv2D | layers.SeparableConv2D):
                positions = int(np.prod(layer.output.shape[1:3]))
                total += positions * sum(
                    int(np.prod(w.shape)) for w in layer.weights if len(w.shape) == 4
                )
            elif isinstance(layer, layers.Dense):
                total += int(np.prod(layer.kernel.shape))
        return total

    table = []
    for name, model in models.items():
        right = (model.predict(images, verbose=0)[:, 0] >= 0.5) == np.asarray(labels)
        table.append(
            {
                "name": name,
                "params": model.count_params(),
                "macs": macs(model),
                "accuracy": float(right.mean()),
            }
        )
    return table
