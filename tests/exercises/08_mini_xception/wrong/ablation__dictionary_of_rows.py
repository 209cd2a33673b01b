# hint: 사전 넷의 목록
def ablation(models, test):
    def macs(model):
        total = 0
        for layer in model.layers:
            if isinstance(layer, keras.Model):
                total += macs(layer)
            elif isinstance(layer, layers.Dense):
                total += int(np.prod(layer.kernel.shape))
            elif isinstance(layer, (layers.Conv2D, layers.SeparableConv2D)):
                places = int(np.prod(layer.output.shape[1:3]))
                kernels = [w for w in layer.weights if len(w.shape) == 4]
                total += places * sum(int(np.prod(w.shape)) for w in kernels)
        return total

    images, labels = test
    table = []
    for name, model in models.items():
        probs = np.asarray(model(images))[:, 0]
        accuracy = float(np.mean((probs >= 0.5) == labels))
        row = {"name": name, "params": model.count_params(), "macs": macs(model)}
        row["accuracy"] = accuracy
        table.append(row)
    return {row["name"]: row for row in table}
