def binary_accuracy(target, probs):
    return float(np.mean(probs[target == 1] >= 0.5))
