def projection(input_shape, output_shape):
    if tuple(input_shape) == tuple(output_shape):
        return None
    h, w, _ = input_shape
    for s in range(1, 21):
        if (-(-h // s), -(-w // s)) == tuple(output_shape[:2]):
            return {"filters": output_shape[2], "strides": s}
    raise ValueError("맞는 보폭이 없다.")
