# hint: 틀린
def pixel_accuracy(target, predicted):
    return np.mean(target != predicted)
