def projection(input_shape, output_shape):
    if tuple(input_shape) == tuple(output_shape):
        return None
    (h, w, _), (oh, ow, filters) = input_shape, output_shape
    if h % oh or w % ow or h // oh != w // ow:
        raise ValueError("does not divide")
    return {"filters": filters, "strides": h // oh}
