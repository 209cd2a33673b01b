def average_precision(boxes, scores, truth, iou_threshold=0.5):
    from cvbook import reference

    if len(truth) == 0:
        return 0.0
    ious = reference.pairwise_iou(boxes, truth)
    correct = reference.match_detections(ious, scores, iou_threshold) >= 0
    return reference.average_precision(scores, correct, len(truth))
