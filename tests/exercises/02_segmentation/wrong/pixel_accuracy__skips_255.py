def pixel_accuracy(target, predicted):
    valid = target != 255
    if not valid.any():
        return 0.0
    return float((target[valid] == predicted[valid]).mean())
