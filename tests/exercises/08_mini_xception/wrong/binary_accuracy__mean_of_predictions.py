def binary_accuracy(target, probs):
    return float(np.mean(probs >= 0.5))
