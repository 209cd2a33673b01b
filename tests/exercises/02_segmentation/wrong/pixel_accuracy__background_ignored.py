def pixel_accuracy(target, predicted):
    foreground = target != 0
    return np.mean(target[foreground] == predicted[foreground]) if foreground.any() else 0.0
