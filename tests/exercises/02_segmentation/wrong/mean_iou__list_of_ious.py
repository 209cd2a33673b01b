def mean_iou(target, predicted, num_classes):
    ious = []
    for c in range(num_classes):
        union = np.sum((target == c) | (predicted == c))
        if union:
            ious.append(np.sum((target == c) & (predicted == c)) / union)
    return ious
