# hint: 두 번
def mean_iou(target, predicted, num_classes):
    ious = []
    for c in range(num_classes):
        inter = np.sum((target == c) & (predicted == c))
        total = np.sum(target == c) + np.sum(predicted == c)
        if total:
            ious.append(inter / total)
    return np.mean(ious)
