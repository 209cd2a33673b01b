def mean_iou(target, predicted, num_classes):
    ious = []
    for label in range(num_classes):
        a, b = target == label, predicted == label
        union = np.sum(a | b, dtype="uint8")
        if (a | b).any():
            ious.append(np.sum(a & b, dtype="uint8") / max(union, 1))
    return float(np.mean(ious))
