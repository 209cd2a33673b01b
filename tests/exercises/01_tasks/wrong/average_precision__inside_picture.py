def average_precision(boxes, scores, truth, iou_threshold=0.5):
    boxes, truth = (np.clip(np.asarray(part, float), 0, None) for part in (boxes, truth))
    if len(boxes) == 0 or len(truth) == 0:
        return 0.0
    used = np.zeros(len(truth), bool)
    flags = np.zeros(len(boxes))
    for place, i in enumerate(np.argsort(-np.asarray(scores, float))):
        iou = np.array([box_iou(boxes[i], t) for t in truth])
        iou[used] = -1
        if iou.max() >= iou_threshold:
            used[iou.argmax()] = True
            flags[place] = 1
    precision = flags.cumsum() / np.arange(1, len(flags) + 1)
    height = np.maximum.accumulate(precision[::-1])[::-1]
    return float((flags * height).sum() / len(truth))
