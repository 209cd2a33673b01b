def mean_iou(target, predicted, num_classes):
    total = 0.0
    for c in range(num_classes):
        union = np.sum((target == c) | (predicted == c))
        if union:
            total += np.mean(target == c) * np.sum((target == c) & (predicted == c)) / union
    return total
