def pixel_accuracy(target, predicted):
    same = (np.asarray(target) == np.asarray(predicted)).astype("int16")
    return float(same.sum(dtype="int16") / same.size)
