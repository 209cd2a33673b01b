def mean_iou(target, predicted, num_classes):
    scores = []
    for c in range(num_classes):
        union = np.logical_or(target == c, predicted == c)
        if union.mean() >= 0.001:
            scores.append(np.logical_and(target == c, predicted == c).sum() / union.sum())
    return float(sum(scores) / len(scores))
