def mean_iou(target, predicted, num_classes):
    inter = union = 0
    for c in range(num_classes):
        inter += np.sum((target == c) & (predicted == c))
        union += np.sum((target == c) | (predicted == c))
    return inter / union
