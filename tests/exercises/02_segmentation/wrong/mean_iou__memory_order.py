def mean_iou(target, predicted, num_classes):
    table = np.zeros((num_classes, num_classes), dtype=np.int64)
    for t, p in zip(target.ravel("K"), predicted.ravel("K")):
        table[t, p] += 1
    both = np.diag(table)
    union = table.sum(axis=0) + table.sum(axis=1) - both
    return float((both[union > 0] / union[union > 0]).mean())
