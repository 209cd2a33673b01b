def box_iou(a, b):
    w = max(max(a[2], b[2]) - min(a[0], b[0]), 0)
    h = max(max(a[3], b[3]) - min(a[1], b[1]), 0)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / union if union > 0 else 0.0
