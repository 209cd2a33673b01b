def mean_iou(target, predicted, num_classes):
    a, b = target.ravel().tolist(), predicted.ravel().tolist()
    ious = []
    for c in set(a) | set(b):
        here = {i for i, value in enumerate(a) if value == c}
        there = {i for i, value in enumerate(b) if value == c}
        ious.append(len(here & there) / len(here | there))
    return sum(ious) / len(ious)
