# hint: axis
def pixel_accuracy(target, predicted):
    return np.mean(target == predicted, axis=-1)
