def receptive_field(layers):
    total = 1
    for i, (k, _) in enumerate(layers):
        total += (k - 1) * int(np.prod([s for _, s in layers[:i]]))
    return total
