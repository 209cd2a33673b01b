def _one(layer):
    if isinstance(layer, keras.Model):
        return sum(_one(inner) for inner in layer.layers)
    if isinstance(layer, layers.Dense):
        return int(layer.kernel.shape[0]) * layer.units
    if isinstance(layer, layers.SeparableConv2D):
        _, h, w, f = layer.output.shape
        c = layer.input.shape[-1]
        kh, kw = layer.kernel_size
        return h * w * (kh * kw * c + c * f)
    if isinstance(layer, layers.Conv2D):
        _, h, w, _ = layer.output.shape
        return h * w * int(np.prod(layer.kernel.shape))
    return 0


def ablation(models, test):
    images, labels = test
    rows = []
    for name, model in models.items():
        probs = np.asarray(model(np.asarray(images), training=False)).reshape(-1)
        right = np.count_nonzero((probs >= 0.5) == (np.asarray(labels) > 0))
        row = {"name": name, "params": model.count_params(), "macs": _one(model)}
        rows.append({**row, "accuracy": right / len(labels)})
    return rows
