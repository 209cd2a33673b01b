def match(boxes, truth, threshold):
    used = [False] * len(truth)
    for box in boxes:
        best, where = -1.0, None
        for j in range(len(truth)):
            if used[j]:
                continue
            value = box_iou(box, truth[j])
            if value > best:
                best, where = value, j
        if where is not None and best >= threshold:
            used[where] = True
            yield True
        else:
            yield False


def expected(curve):
    curve = [(0.0, 0.0), *curve]
    return sum(
        (curve[k][0] - curve[k - 1][0]) * max(p for _, p in curve[k:]) for k in range(1, len(curve))
    )


def average_precision(boxes, scores, truth, iou_threshold=0.5):
    order = [i for _, i in sorted((-s, i) for i, s in enumerate(scores))]
    found, curve = 0, []
    if not len(truth):
        return 0.0
    for rank, right in enumerate(match([boxes[i] for i in order], truth, iou_threshold), 1):
        found += right
        curve.append((found / len(truth), found / rank))
    return expected(curve) if curve else 0.0
