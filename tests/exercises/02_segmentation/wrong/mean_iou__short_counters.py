import numpy as np


def mean_iou(target, predicted, num_classes):
    target, predicted = np.asarray(target), np.asarray(predicted)
    both = np.zeros(num_classes, dtype="uint16")
    union = np.zeros(num_classes, dtype="uint16")
    for c in range(num_classes):
        in_target, in_predicted = target == c, predicted == c
        both[c] = np.sum(in_target & in_predicted)
        union[c] = np.sum(in_target | in_predicted)
    present = union > 0
    return float((both[present] / union[present]).mean())
