def ablation(models, test):
    def macs(model):
        if not isinstance(model, keras.Model):
            kinds = (layers.Conv2D, layers.SeparableConv2D, layers.Dense)
            if not isinstance(model, kinds):
                return 0
            _, *places, _ = model.output.shape
            sizes = [tf.size(w).numpy() for w in model.weights if w.name != "bias"]
            return int(sum(sizes) * np.prod(places, dtype=int))
        return sum(macs(layer) for layer in model.layers)

    labels = tf.cast(test[1], tf.bool)
    table = []
    for name, model in models.items():
        found = tf.squeeze(model(test[0], training=False), axis=1) >= 0.5
        accuracy = tf.reduce_mean(tf.cast(found == labels, tf.float64)).numpy()
        table.append({"name": name, "params": model.count_params(), "macs": macs(model)})
        table[-1]["accuracy"] = accuracy
    return table
