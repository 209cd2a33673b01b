def binary_accuracy(target, probs):
    predicted = (probs >= 0.5).astype(float)
    return 1 - np.abs(predicted - target).mean()
