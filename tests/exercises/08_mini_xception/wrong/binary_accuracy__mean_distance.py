def binary_accuracy(target, probs):
    return float(1 - np.mean(np.abs(probs - target)))
