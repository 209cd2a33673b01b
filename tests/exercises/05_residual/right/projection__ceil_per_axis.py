def projection(input_shape, output_shape):
    import math

    (h, w, c), (H, W, f) = input_shape, output_shape
    if (h, w, c) == (H, W, f):
        return None
    sh, sw = math.ceil(h / H), math.ceil(w / W)
    if sh != sw or math.ceil(h / sh) != H or math.ceil(w / sw) != W:
        raise ValueError("no stride")
    return {"filters": f, "strides": sh}
