def binary_accuracy(target, probs):
    hits = 0
    for t, p in zip(np.ravel(target), np.ravel(probs)):
        hits += int(t) == (1 if p >= 0.5 else 0)
    return hits / np.size(target)
