# hint: 모든 자리에서 평균
def average_precision(boxes, scores, truth, iou_threshold=0.5):
    taken, precision = [], []
    for count, index in enumerate(np.argsort(-np.asarray(scores)), start=1):
        free = [n for n in range(len(truth)) if n not in taken]
        if free:
            ious = [box_iou(boxes[index], truth[n]) for n in free]
            if max(ious) >= iou_threshold:
                taken.append(free[int(np.argmax(ious))])
        precision.append(len(taken) / count)
    return float(np.mean(precision)) if precision else 0.0
