def non_max_suppression(boxes, scores, iou_threshold=0.5):
    kept = []
    for i in np.argsort(-scores):
        if scores[i] <= 0:
            continue
        if all(box_iou(boxes[i], boxes[j]) <= iou_threshold for j in kept):
            kept.append(i)
    return np.array(kept)
