def average_precision(boxes, scores, truth, iou_threshold=0.5):
    taken = set()
    precision, recall = [], []
    for count, index in enumerate(np.argsort(scores), start=1):
        free = [number for number in range(len(truth)) if number not in taken]
        ious = [box_iou(boxes[index], truth[number]) for number in free]
        if free and max(ious) >= iou_threshold:
            taken.add(free[int(np.argmax(ious))])
        precision.append(len(taken) / count)
        recall.append(len(taken) / max(len(truth), 1))
    area = 0.0
    for place, width in enumerate(np.diff([0.0, *recall])):
        area += width * max(precision[place:])
    return float(area)
