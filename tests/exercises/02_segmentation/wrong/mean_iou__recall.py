def mean_iou(target, predicted, num_classes):
    values = []
    for c in range(num_classes):
        if np.any((target == c) | (predicted == c)):
            values.append(np.sum((target == c) & (predicted == c)) / max(np.sum(target == c), 1))
    return np.mean(values)
