# hint: 여러 탐지가 맞힌
def average_precision(boxes, scores, truth, iou_threshold=0.5):
    precision, recall, found = [], [], 0
    for count, index in enumerate(np.argsort(-np.asarray(scores)), start=1):
        ious = [box_iou(boxes[index], box) for box in truth]
        found += bool(ious) and max(ious) >= iou_threshold
        precision.append(found / count)
        recall.append(found / max(len(truth), 1))
    area = 0.0
    for place, width in enumerate(np.diff([0.0, *recall])):
        area += width * max(precision[place:])
    return float(area)
