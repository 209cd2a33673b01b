def average_precision(boxes, scores, truth, iou_threshold=0.5):
    if len(boxes) == 0 or len(truth) == 0:
        return 0.0
    taken = set()
    hit = []
    for i in sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True):
        free = [t for t in truth if tuple(t) not in taken]
        best = max(free, key=lambda t: box_iou(boxes[i], t), default=None)
        if best is not None and box_iou(boxes[i], best) >= iou_threshold:
            taken.add(tuple(best))
            hit.append(1)
        else:
            hit.append(0)
    area = 0.0
    precision = [sum(hit[: k + 1]) / (k + 1) for k in range(len(hit))]
    for k, h in enumerate(hit):
        area += h / len(truth) * max(precision[k:])
    return area
