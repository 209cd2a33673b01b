def non_max_suppression(boxes, scores, iou_threshold=0.5):
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    order = scores.argsort()[::-1]
    kept = []
    while order.size:
        i, rest = order[0], order[1:]
        kept.append(int(i))
        top_left = np.maximum(boxes[i, :2], boxes[rest, :2])
        bottom_right = np.minimum(boxes[i, 2:], boxes[rest, 2:])
        inter = np.prod(np.maximum(bottom_right - top_left, 0), axis=1)
        order = rest[inter / (areas[i] + areas[rest] - inter) <= iou_threshold]
    return np.array(kept, dtype="int32")
