def cost(m):
    t = 0
    for one in m.layers:
        if hasattr(one, "layers"):
            t += cost(one)
        else:
            for w in one.weights:
                if len(w.shape) >= 2:
                    t += int(np.prod(w.shape)) * int(np.prod(one.output.shape[1:-1]))
    return t


def ablation(models, test):
    x, y = test
    return [
        dict(
            name=n,
            params=m.count_params(),
            macs=cost(m),
            accuracy=float(np.mean((np.asarray(m(x))[:, 0] >= 0.5) == y)),
        )
        for n, m in models.items()
    ]
