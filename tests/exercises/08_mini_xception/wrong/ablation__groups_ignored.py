# The input has twice the channels of a kernel with groups=2.
def ablation(models, test):
    images, labels = test

    def macs(model):
        total = 0
        for layer in model.layers:
            if isinstance(layer, keras.Model):
                total += macs(layer)
            elif isinstance(layer, layers.Conv2D | layers.SeparableConv2D):
                _, h, w, f = layer.output.shape
                c, (a, b) = layer.input.shape[-1], layer.kernel_size
                if isinstance(layer, layers.Conv2D):
                    total += h * w * a * b * c * f
                else:
                    total += h * w * (a * b * c + c * f)
            elif isinstance(layer, layers.Dense):
                total += layer.input.shape[-1] * layer.units
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
