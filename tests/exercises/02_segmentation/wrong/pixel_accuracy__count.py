# hint: 비율
def pixel_accuracy(target, predicted):
    return np.sum(target == predicted)
