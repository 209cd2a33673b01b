def mean_iou(target, predicted, num_classes):
    scores = []
    for c in range(num_classes):
        inter = np.sum((target == c) & (predicted == c))
        total = np.sum(target == c) + np.sum(predicted == c)
        if total:
            scores.append(2 * inter / total)
    return np.mean(scores)
