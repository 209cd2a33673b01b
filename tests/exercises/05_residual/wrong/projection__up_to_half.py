def projection(input_shape, output_shape):
    (h, w, c), (H, W, f) = input_shape, output_shape
    if (h, w, c) == (H, W, f):
        return None
    for s in range(1, h // 2 + 1):
        if -(-h // s) == H and -(-w // s) == W:
            return {"filters": f, "strides": s}
    raise ValueError
