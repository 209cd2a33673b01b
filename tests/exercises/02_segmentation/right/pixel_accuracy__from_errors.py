def pixel_accuracy(target, predicted):
    return 1 - np.count_nonzero(target != predicted) / np.prod(target.shape)
