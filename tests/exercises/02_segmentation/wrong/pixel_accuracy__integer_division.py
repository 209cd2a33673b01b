def pixel_accuracy(target, predicted):
    return np.sum(target == predicted) // target.size
