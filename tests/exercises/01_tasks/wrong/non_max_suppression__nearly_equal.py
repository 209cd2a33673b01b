def non_max_suppression(boxes, scores, iou_threshold=0.5):
    kept = []
    for index in np.argsort(-scores):
        if all(box_iou(boxes[index], boxes[k]) < iou_threshold + 0.01 for k in kept):
            kept.append(int(index))
    return np.array(kept)
