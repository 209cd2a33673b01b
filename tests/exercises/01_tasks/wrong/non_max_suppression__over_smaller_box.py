# hint: 더 작은 상자의 넓이로
def non_max_suppression(boxes, scores, iou_threshold=0.5):
    def overlap(a, b):
        sides = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None)
        return sides.prod() / min((a[2:] - a[:2]).prod(), (b[2:] - b[:2]).prod())

    kept = []
    for i in np.argsort(-scores):
        if all(overlap(boxes[i], boxes[j]) <= iou_threshold for j in kept):
            kept.append(i)
    return np.array(kept)
