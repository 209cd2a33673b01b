def pixel_accuracy(target, predicted):
    return float(np.isclose(target, predicted).mean())
