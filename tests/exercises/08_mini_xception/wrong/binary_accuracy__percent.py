def binary_accuracy(target, probs):
    return float(100 * np.mean((probs >= 0.5) == target))
