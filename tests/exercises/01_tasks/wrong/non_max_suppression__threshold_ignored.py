# hint: iou_threshold
def non_max_suppression(boxes, scores, iou_threshold=0.5):
    kept = []
    for i in np.argsort(-scores):
        if all(box_iou(boxes[i], boxes[j]) <= 0.5 for j in kept):
            kept.append(i)
    return kept
