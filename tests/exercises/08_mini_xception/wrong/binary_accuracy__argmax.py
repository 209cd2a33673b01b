def binary_accuracy(target, probs):
    return float(np.mean(np.argmax(probs) == target))
