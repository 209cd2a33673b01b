def projection(input_shape, output_shape):
    h, w, c = input_shape
    H, W, f = output_shape
    if (h, w, c) == (H, W, f):
        return None
    for s in range(1, 99):
        if -(-h // s) == H and -(-w // s) == W:
            return {"filters": f, "strides": s}
    raise TypeError
