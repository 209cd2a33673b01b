def binary_accuracy(target, probs):
    return float(np.mean((target >= 0.5) == probs))
