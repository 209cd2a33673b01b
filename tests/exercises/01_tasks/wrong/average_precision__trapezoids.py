def average_precision(boxes, scores, truth, iou_threshold=0.5):
    taken = set()
    precision, recall = [], []
    for count, index in enumerate(np.argsort(-np.asarray(scores)), start=1):
        free = [number for number in range(len(truth)) if number not in taken]
        ious = [box_iou(boxes[index], truth[number]) for number in free]
        if free and max(ious) >= iou_threshold:
            taken.add(free[int(np.argmax(ious))])
        precision.append(len(taken) / count)
        recall.append(len(taken) / max(len(truth), 1))
    area, before, height = 0.0, 0.0, 1.0
    for place, value in enumerate(recall):
        if value > before:
            area += (value - before) * (height + max(precision[place:])) / 2
            before, height = value, max(precision[place:])
    return float(area)
