def box_iou(a, b):
    ax, ay, aX, aY = [float(v) for v in a]
    bx, by, bX, bY = [float(v) for v in b]
    inter = max(0.0, min(aX, bX) - max(ax, bx)) * max(0.0, min(aY, bY) - max(ay, by))
    union = (aX - ax) * (aY - ay) + (bX - bx) * (bY - by) - inter
    try:
        return inter / union
    except ZeroDivisionError:
        return 0.0
