def average_precision(boxes, scores, truth, iou_threshold=0.5):
    taken = set()
    precision, recall = [], []
    for count, index in enumerate(np.argsort(-np.asarray(scores)), start=1):
        free = [number for number in range(len(truth)) if number not in taken]
        ious = []
        for number in free:
            a, b = boxes[index], truth[number]
            sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
            inner = np.prod(np.maximum(sides, 0))
            total = np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - inner
            ious.append(inner / (total + 1e-6))
        if free and max(ious) >= iou_threshold:
            taken.add(free[int(np.argmax(ious))])
        precision.append(len(taken) / count)
        recall.append(len(taken) / max(len(truth), 1))
    area = 0.0
    for place, width in enumerate(np.diff([0.0, *recall])):
        area += width * max(precision[place:])
    return float(area)
