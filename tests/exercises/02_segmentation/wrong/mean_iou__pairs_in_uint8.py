def mean_iou(target, predicted, num_classes):
    pairs = (target * num_classes + predicted).ravel()
    table = np.zeros(num_classes**2)
    for pair in pairs:
        table[pair] += 1
    table = table.reshape(num_classes, num_classes)
    both = np.diag(table)
    either = table.sum(axis=0) + table.sum(axis=1) - both
    return float((both[either > 0] / either[either > 0]).mean())
