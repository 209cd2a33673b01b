def binary_accuracy(target, probs):
    predicted = probs >= 0.5
    return float(np.mean(target[predicted]))
