def box_iou(a, b):
    w = max(min(a[2], b[2]) - max(a[0], b[0]), 0)
    union = max(a[2], b[2]) - min(a[0], b[0])
    return w / union if union > 0 else 0.0
