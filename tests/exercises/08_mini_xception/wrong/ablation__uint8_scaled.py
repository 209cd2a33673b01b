def ablation(models, test):
    images, labels = test
    if images.dtype == np.uint8:
        images = images / 255.0
    rows = []
    for name, model in models.items():
        macs = 0
        for layer in model._flatten_layers():
            if isinstance(layer, layers.Dense):
                macs += int(np.prod(layer.kernel.shape))
            if isinstance(layer, (layers.Conv2D, layers.SeparableConv2D)):
                _, h, w, _ = layer.output.shape
                macs += sum(h * w * int(np.prod(v.shape)) for v in layer.weights if v.ndim == 4)
        predicted = (np.asarray(model.predict(images, verbose=0)) >= 0.5).ravel()
        rows.append(
            {
                "name": name,
                "params": model.count_params(),
                "macs": macs,
                "accuracy": float((predicted == labels).mean()),
            }
        )
    return rows
