def pixel_accuracy(target, predicted):
    return float((target == predicted).all())
