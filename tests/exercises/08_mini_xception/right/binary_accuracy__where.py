def binary_accuracy(target, probs):
    predicted = np.where(np.asarray(probs) < 0.5, 0, 1)
    return (predicted == np.asarray(target)).sum() / predicted.size
