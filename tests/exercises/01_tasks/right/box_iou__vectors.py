def box_iou(a, b):
    a, b = np.asarray(a, "float32"), np.asarray(b, "float32")
    sides = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0, None)
    inter = sides.prod()
    union = (a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - inter
    return np.where(union > 0, inter / np.maximum(union, 1e-12), 0)
