def ablation(models, test):
    images, labels = test
    table = []
    for name, model in models.items():
        right = (np.asarray(model(images))[:, 0] >= 0.5) == labels
        row = {"name": name, "params": model.count_params(), "macs": checks.multiply_adds(model)}
        table.append(row | {"accuracy": float(right.mean())})
    return table
