def count_macs(model):
    total = 0
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            total = total + count_macs(layer)
        if isinstance(layer, layers.Conv2D):
            kh, kw, cin, cout = layer.kernel.shape
            total += kh * kw * cin * cout * layer.output.shape[1] * layer.output.shape[2]
        if isinstance(layer, layers.SeparableConv2D):
            kh, kw, cin, m = layer.depthwise_kernel.shape
            once = kh * kw * cin * m + cin * m * layer.filters
            total += once * layer.output.shape[1] * layer.output.shape[2]
        if isinstance(layer, layers.Dense):
            total += layer.input.shape[-1] * layer.units
    return total


def ablation(models, test):
    table = []
    for name in models:
        right = 0
        for image, label in zip(*test):
            prob = float(models[name](image[None], training=False)[0, 0])
            right += int(prob >= 0.5) == int(label)
        params = int(models[name].count_params())
        row = {"accuracy": right / len(test[1]), "macs": count_macs(models[name])}
        table.append({"name": name, "params": params, **row})
    return table
