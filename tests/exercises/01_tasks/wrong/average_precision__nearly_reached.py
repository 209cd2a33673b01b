def average_precision(boxes, scores, truth, iou_threshold=0.5):
    def iou(a, b):
        sides = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None)
        union = np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - np.prod(sides)
        return np.prod(sides) / union if union > 0 else 0.0

    if len(boxes) == 0 or len(truth) == 0:
        return 0.0
    free = list(range(len(truth)))
    hits = []
    for i in np.argsort(scores)[::-1]:
        hit = False
        if free:
            values = [iou(boxes[i], truth[j]) for j in free]
            best = int(np.argmax(values))
            hit = values[best] > iou_threshold or bool(np.isclose(values[best], iou_threshold))
            if hit:
                free.pop(best)
        hits.append(hit)
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(envelope[np.array(hits)].sum() / len(truth))
