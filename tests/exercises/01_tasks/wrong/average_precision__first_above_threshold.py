# hint: 먼저 나온 것을
def average_precision(boxes, scores, truth, iou_threshold=0.5):
    taken = set()
    precision, recall = [], []
    for count, index in enumerate(np.argsort(-np.asarray(scores)), start=1):
        free = [number for number in range(len(truth)) if number not in taken]
        ious = [box_iou(boxes[index], truth[number]) for number in free]
        good = [n for n, iou in zip(free, ious, strict=True) if iou >= iou_threshold]
        if good:
            taken.add(good[0])
        precision.append(len(taken) / count)
        recall.append(len(taken) / max(len(truth), 1))
    area = 0.0
    for place, width in enumerate(np.diff([0.0, *recall])):
        area += width * max(precision[place:])
    return float(area)
