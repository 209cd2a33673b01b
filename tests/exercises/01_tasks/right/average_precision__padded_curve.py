def average_precision(boxes, scores, truth, iou_threshold=0.5):
    if len(truth) == 0 or len(boxes) == 0:
        return 0.0
    order = np.argsort(-scores)
    matched = np.zeros(len(truth), dtype=bool)
    tp = np.zeros(len(order))
    for k, index in enumerate(order):
        ious = np.array([box_iou(boxes[index], t) for t in truth])
        ious[matched] = -1
        j = np.argmax(ious)
        if ious[j] >= iou_threshold:
            tp[k], matched[j] = 1, True
    recall = np.concatenate([[0], np.cumsum(tp) / len(truth), [1]])
    precision = np.concatenate([[0], np.cumsum(tp) / np.cumsum(np.ones_like(tp)), [0]])
    for k in range(len(precision) - 1, 0, -1):
        precision[k - 1] = max(precision[k - 1], precision[k])
    steps = np.where(recall[1:] != recall[:-1])[0]
    return float(np.sum((recall[steps + 1] - recall[steps]) * precision[steps + 1]))
