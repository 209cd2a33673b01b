def ablation(models, test):
    images, labels = test

    def macs(model):
        total = 0
        for layer in model.layers:
            if isinstance(layer, keras.Model):
                total += macs(layer)
            elif isinstance(layer, layers.Dense):
                total += layer.kernel.shape[0] * layer.kernel.shape[1]
            elif isinstance(layer, (layers.Conv2D, layers.SeparableConv2D)):
                height, width = layer.output.shape[1:3]
                for weight in layer.get_weights():
                    total += height * width * weight.size if weight.ndim == 4 else 0
        return total

    rows = []
    for name, model in models.items():
        params = sum(int(np.prod(variable.shape)) for variable in model.variables)
        predicted = np.asarray(model(images, training=False)).reshape(-1) >= 0.5
        accuracy = float(np.mean(predicted == labels))
        rows.append({"name": name, "params": params, "macs": macs(model), "accuracy": accuracy})
    return rows
