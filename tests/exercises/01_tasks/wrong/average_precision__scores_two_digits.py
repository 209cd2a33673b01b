def average_precision(boxes, scores, truth, iou_threshold=0.5):
    def iou(a, b):
        width = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
        height = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
        union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - width * height
        return width * height / union if union > 0 else 0.0

    if len(boxes) == 0 or len(truth) == 0:
        return 0.0
    order = np.argsort(np.round(scores, 2), kind="stable")[::-1]
    taken, hits = [], []
    for i in order:
        free = [j for j in range(len(truth)) if j not in taken]
        values = [iou(boxes[i], truth[j]) for j in free]
        hit = bool(values) and max(values) >= iou_threshold
        if hit:
            taken.append(free[int(np.argmax(values))])
        hits.append(hit)
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float(envelope[np.array(hits)].sum() / len(truth))
