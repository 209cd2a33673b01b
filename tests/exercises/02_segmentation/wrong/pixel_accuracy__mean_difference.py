def pixel_accuracy(target, predicted):
    return 1 - np.mean(np.abs(target.astype(int) - predicted.astype(int)))
