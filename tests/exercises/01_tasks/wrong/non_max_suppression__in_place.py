def non_max_suppression(boxes, scores, iou_threshold=0.5):
    kept = []
    while scores.max() > -np.inf:
        i = scores.argmax()
        if all(box_iou(boxes[i], boxes[j]) <= iou_threshold for j in kept):
            kept.append(i)
        scores[i] = -np.inf
    return kept
