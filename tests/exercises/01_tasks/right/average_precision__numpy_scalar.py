def average_precision(boxes, scores, truth, iou_threshold=0.5):
    remaining = [np.asarray(box) for box in truth]
    hits = []
    for _, box in sorted(zip(scores, boxes, strict=True), key=lambda pair: pair[0], reverse=True):
        overlaps = [box_iou(box, other) for other in remaining]
        hit = len(overlaps) > 0 and max(overlaps) >= iou_threshold
        if hit:
            del remaining[overlaps.index(max(overlaps))]
        hits.append(hit)
    if not any(hits):
        return np.float64(0)
    hits = np.array(hits)
    precision = np.cumsum(hits) / (1 + np.arange(len(hits)))
    for k in range(len(precision) - 2, -1, -1):
        precision[k] = max(precision[k], precision[k + 1])
    return precision[hits].sum() / len(truth)
