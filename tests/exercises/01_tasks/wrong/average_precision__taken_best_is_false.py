# hint: 바로 거짓 양성으로
def average_precision(boxes, scores, truth, iou_threshold=0.5):
    taken = set()
    precision, recall = [], []
    for count, index in enumerate(np.argsort(-np.asarray(scores)), start=1):
        ious = [box_iou(boxes[index], box) for box in truth]
        if ious and max(ious) >= iou_threshold:
            taken.add(int(np.argmax(ious)))
        precision.append(len(taken) / count)
        recall.append(len(taken) / max(len(truth), 1))
    area = 0.0
    for place, width in enumerate(np.diff([0.0, *recall])):
        area += width * max(precision[place:])
    return float(area)
