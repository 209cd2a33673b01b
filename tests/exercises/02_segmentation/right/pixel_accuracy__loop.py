def pixel_accuracy(target, predicted):
    right = 0
    for a, b in zip(target.ravel(), predicted.ravel()):
        right += int(a == b)
    return right / target.size
