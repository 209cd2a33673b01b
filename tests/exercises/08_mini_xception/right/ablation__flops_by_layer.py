def ablation(models, test):
    def of(layer):
        if hasattr(layer, "layers"):
            return sum(map(of, layer.layers))
        shapes = [w.shape for w in layer.weights if "kernel" in w.name]
        if type(layer).__name__ not in ("Conv2D", "SeparableConv2D", "Dense"):
            return 0
        places = np.prod(layer.output.shape[1:-1], dtype=int)
        return int(sum(np.prod(shape, dtype=int) for shape in shapes) * places)

    images, labels = test
    return [
        dict(
            name=name,
            params=sum(w.numpy().size for w in model.weights),
            macs=of(model),
            accuracy=np.mean((np.asarray(model(images))[:, 0] >= 0.5) == np.asarray(labels)),
        )
        for name, model in models.items()
    ]
