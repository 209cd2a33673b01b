def mean_iou(target, predicted, num_classes):
    ious = []
    for c in range(num_classes - 1):
        union = np.sum((target == c) | (predicted == c))
        if union:
            ious.append(np.sum((target == c) & (predicted == c)) / union)
    return np.mean(ious) if ious else 0.0
