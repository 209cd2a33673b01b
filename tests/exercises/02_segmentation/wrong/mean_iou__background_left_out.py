# hint: 0번
def mean_iou(target, predicted, num_classes):
    ious = []
    for c in range(1, num_classes):
        union = np.sum((target == c) | (predicted == c))
        if union:
            ious.append(np.sum((target == c) & (predicted == c)) / union)
    return np.mean(ious)
