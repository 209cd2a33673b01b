def average_precision(boxes, scores, truth, iou_threshold=0.5):
    if len(boxes) == 0 or len(truth) == 0:
        return 0.0
    used = set()
    tp = fp = 0
    precision, recall = [], [0.0]
    for i in np.argsort(scores)[::-1]:
        options = [(box_iou(boxes[i], truth[j]), -j) for j in range(len(truth)) if j not in used]
        if options and max(options)[0] >= iou_threshold:
            used.add(-max(options)[1])
            tp += 1
        else:
            fp += 1
        precision.append(tp / (tp + fp))
        recall.append(tp / len(truth))
    area = 0.0
    for k in range(len(precision)):
        step = recall[k + 1] - recall[k]
        if step > 0.01:
            area += step * max(precision[k:])
    return float(area)
