def pixel_accuracy(target, predicted):
    return float(np.mean(target.astype("uint8") == predicted.astype("uint8")))
