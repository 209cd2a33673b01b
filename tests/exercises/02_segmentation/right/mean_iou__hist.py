def mean_iou(target, predicted, num_classes):
    t, p = np.ravel(target).astype(int), np.ravel(predicted).astype(int)
    cm = np.bincount(t * num_classes + p, minlength=num_classes**2).reshape(
        num_classes, num_classes
    )
    inter = np.diag(cm)
    union = cm.sum(0) + cm.sum(1) - inter
    return (inter[union > 0] / union[union > 0]).mean()
