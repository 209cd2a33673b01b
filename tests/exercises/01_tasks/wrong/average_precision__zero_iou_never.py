def average_precision(boxes, scores, truth, iou_threshold=0.5):
    if len(boxes) == 0 or len(truth) == 0:
        return 0.0
    taken, precision, recall = set(), [], []
    for count, index in enumerate(np.argsort(-scores), 1):
        best, where = 0.0, None
        for number, box in enumerate(truth):
            iou = box_iou(boxes[index], box)
            if number not in taken and iou > best:
                best, where = iou, number
        if where is not None and best >= iou_threshold:
            taken.add(where)
        precision.append(len(taken) / count)
        recall.append(len(taken) / len(truth))
    widths = np.diff([0, *recall])
    return float(sum(width * max(precision[k:]) for k, width in enumerate(widths)))
