# hint: 비율
def binary_accuracy(target, probs):
    return int(np.sum((probs >= 0.5) == target))
