def binary_accuracy(target, probs):
    return (probs >= 0.5) == target
