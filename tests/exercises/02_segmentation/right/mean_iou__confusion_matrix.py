def mean_iou(target, predicted, num_classes):
    index = target.ravel().astype(int) * num_classes + predicted.ravel()
    matrix = np.bincount(index, minlength=num_classes**2).reshape(num_classes, num_classes)
    inter = np.diag(matrix)
    union = matrix.sum(axis=0) + matrix.sum(axis=1) - inter
    return (inter[union > 0] / union[union > 0]).mean()
