import numpy as np


def non_max_suppression(boxes, scores, iou_threshold=0.5):
    boxes = np.asarray(boxes)
    n = len(boxes)
    table = np.zeros((n, n), dtype=boxes.dtype)
    for i in range(n):
        for j in range(n):
            a, b = boxes[i], boxes[j]
            both = max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(
                0, min(a[3], b[3]) - max(a[1], b[1])
            )
            union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both
            if union > 0:
                table[i, j] = both / union
    kept = []
    for i in np.argsort(scores)[::-1]:
        if (table[i, kept] <= iou_threshold).all():
            kept.append(int(i))
    return np.array(kept)
