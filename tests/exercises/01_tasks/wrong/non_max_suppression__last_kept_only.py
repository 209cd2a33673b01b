def non_max_suppression(boxes, scores, iou_threshold=0.5):
    kept = []
    for i in np.argsort(-scores):
        if not kept or box_iou(boxes[i], boxes[kept[-1]]) <= iou_threshold:
            kept.append(i)
    return kept
