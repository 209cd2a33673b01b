# hint: 번호는 정수여야
def non_max_suppression(boxes, scores, iou_threshold=0.5):
    kept = np.array([])
    for i in np.argsort(-scores):
        if all(box_iou(boxes[i], boxes[int(j)]) <= iou_threshold for j in kept):
            kept = np.append(kept, i)
    return kept
