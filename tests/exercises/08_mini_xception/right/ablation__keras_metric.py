def ablation(models, test):
    images, labels = test
    rows = []
    for name, model in models.items():
        left, macs = list(model.layers), 0
        while left:
            layer = left.pop()
            left.extend(getattr(layer, "layers", []))
            if isinstance(layer, (layers.Conv2D, layers.SeparableConv2D)):
                numbers = layer.count_params() - (layer.filters if layer.use_bias else 0)
                macs += numbers * int(np.prod(layer.output.shape[1:3]))
            if isinstance(layer, layers.Dense):
                macs += layer.count_params() - layer.units
        answer = keras.ops.convert_to_numpy(model.predict_on_batch(images)).ravel()
        accuracy = np.count_nonzero((answer >= 0.5) == (labels == 1)) / labels.size
        rows += [{"name": name, "params": model.count_params(), "macs": macs, "accuracy": accuracy}]
    return rows
