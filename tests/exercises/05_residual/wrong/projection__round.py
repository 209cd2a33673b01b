def projection(input_shape, output_shape):
    h, w, c = input_shape
    H, W, f = output_shape
    if (h, w, c) == (H, W, f):
        return None
    s = round(h / H)
    if s < 1 or -(-h // s) != H or -(-w // s) != W:
        raise ValueError
    return {"filters": f, "strides": s}
