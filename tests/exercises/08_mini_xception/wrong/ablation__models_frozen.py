def ablation(models, test):
    images, labels = test

    def macs(model):
        total = 0
        for layer in model.layers:
            if isinstance(layer, keras.Model):
                total += macs(layer)
            elif isinstance(layer, layers.Dense):
                total += int(np.prod(layer.kernel.shape))
            elif isinstance(layer, (layers.Conv2D, layers.SeparableConv2D)):
                height, width = layer.output.shape[1:3]
                for weight in layer.weights:
                    if len(weight.shape) == 4:
                        total += height * width * int(np.prod(weight.shape))
        return total

    rows = []
    for name, model in models.items():
        model.trainable = False
        predicted = np.asarray(model(images))[:, 0] >= 0.5
        rows.append(
            {
                "name": name,
                "params": model.count_params(),
                "macs": macs(model),
                "accuracy": float(np.mean(predicted == labels)),
            }
        )
    return rows
