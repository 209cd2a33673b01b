def binary_accuracy(target, probs):
    return float(np.sum((probs >= 0.5) == target) / len(target))
