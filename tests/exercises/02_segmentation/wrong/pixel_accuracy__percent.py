# hint: 100배
def pixel_accuracy(target, predicted):
    return 100 * np.mean(target == predicted)
