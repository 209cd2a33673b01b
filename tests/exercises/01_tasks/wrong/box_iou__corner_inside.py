def box_iou(a, b):
    def has_corner_in(box, other):
        return any(
            other[0] <= x <= other[2] and other[1] <= y <= other[3]
            for x in (box[0], box[2])
            for y in (box[1], box[3])
        )

    if not has_corner_in(a, b) and not has_corner_in(b, a):
        return 0.0
    common = (min(a[2], b[2]) - max(a[0], b[0])) * (min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common
    return float(common / union) if union > 0 else 0.0
