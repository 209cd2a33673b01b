def binary_accuracy(target, probs):
    p = (probs > 0.5) | np.isclose(probs, 0.5)
    return float(np.mean(p == target))
