import numpy as np


def _iou(a, b):
    width = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    height = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - width * height
    return float(width * height / union) if union > 0 else 0.0


def _area(hits, total):
    hits = np.array(hits, dtype=float)
    found = np.cumsum(hits)
    precision = found / np.arange(1, len(hits) + 1)
    recall = found / total
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(np.concatenate([[0.0], recall])) * precision))


def average_precision(boxes, scores, truth, iou_threshold=0.5):
    boxes, truth = np.asarray(boxes), np.asarray(truth)
    if len(boxes) == 0 or len(truth) == 0:
        return 0.0
    table = np.empty((len(boxes), len(truth)), dtype=boxes.dtype)
    for i, j in np.ndindex(*table.shape):
        table[i, j] = _iou(boxes[i], truth[j])
    free, hits = list(range(len(truth))), []
    for k in np.argsort(scores)[::-1]:
        j = max(free, key=lambda j: table[k, j], default=None)
        hits.append(j is not None and table[k, j] >= iou_threshold)
        if hits[-1]:
            free.remove(j)
    return _area(hits, len(truth))
