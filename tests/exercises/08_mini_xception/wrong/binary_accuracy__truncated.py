def binary_accuracy(target, probs):
    return float(np.mean(probs.astype(int) == target))
