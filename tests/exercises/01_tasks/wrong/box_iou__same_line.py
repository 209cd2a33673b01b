def box_iou(a, b):
    if np.array_equal(a, b):
        return 1.0 if a[2] > a[0] or a[3] > a[1] else 0.0
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0.0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0.0)
    inter = width * height
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return float(inter / union) if union != 0 else 0.0
