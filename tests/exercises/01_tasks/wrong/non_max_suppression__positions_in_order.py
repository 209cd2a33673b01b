def non_max_suppression(boxes, scores, iou_threshold=0.5):
    boxes = boxes[np.argsort(-scores)]
    kept = []
    for i in range(len(boxes)):
        if all(box_iou(boxes[i], boxes[j]) <= iou_threshold for j in kept):
            kept.append(i)
    return kept
