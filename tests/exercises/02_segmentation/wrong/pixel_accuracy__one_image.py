def pixel_accuracy(target, predicted):
    return np.sum(target == predicted) / (target.shape[-1] * target.shape[-2])
