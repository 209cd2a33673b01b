def average_precision(boxes, scores, truth, iou_threshold=0.5):
    boxes, scores, truth = np.array(boxes, float), np.array(scores, float), np.array(truth, float)
    if len(boxes) == 0 or len(truth) == 0:
        return 0.0
    low = np.maximum(boxes[:, None, :2], truth[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], truth[None, :, 2:])
    inter = np.clip(high - low, 0, None).prod(-1)
    area_a = (boxes[:, 2:] - boxes[:, :2]).prod(-1)
    area_b = (truth[:, 2:] - truth[:, :2]).prod(-1)
    union = area_a[:, None] + area_b - inter
    iou = np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
    true_positive = np.zeros(len(boxes))
    order = np.argsort(scores)[::-1]
    for rank, i in enumerate(order):
        j = iou[i].argmax()
        if iou[i, j] >= iou_threshold:
            true_positive[rank] = 1
            iou[:, j] = -np.inf
    cumulative = np.cumsum(true_positive)
    precision = cumulative / np.arange(1, len(boxes) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    return float((precision * true_positive).sum() / len(truth))
