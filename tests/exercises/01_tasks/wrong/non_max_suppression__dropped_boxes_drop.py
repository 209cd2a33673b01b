# hint: 버려진 상자
def non_max_suppression(boxes, scores, iou_threshold=0.5):
    order = np.argsort(-scores)
    kept = []
    for n, i in enumerate(order):
        if all(box_iou(boxes[i], boxes[j]) <= iou_threshold for j in order[:n]):
            kept.append(i)
    return kept
