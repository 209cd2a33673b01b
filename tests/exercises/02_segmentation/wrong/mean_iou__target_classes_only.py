# hint: 예측에만
def mean_iou(target, predicted, num_classes):
    ious = []
    for c in np.unique(target):
        inter = np.sum((target == c) & (predicted == c))
        union = np.sum((target == c) | (predicted == c))
        ious.append(inter / union)
    return np.mean(ious)
