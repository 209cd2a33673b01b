def mean_iou(target, predicted, num_classes):
    ious = []
    for c in range(num_classes):
        inter = np.sum((target == c) & (predicted == c))
        union = np.sum((target == c) | (predicted == c))
        if inter:
            ious.append(inter / union)
    return np.mean(ious) if ious else 0.0
