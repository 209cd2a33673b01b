def projection(input_shape, output_shape):
    if tuple(input_shape) == tuple(output_shape):
        return None
    for strides in range(1, max(input_shape[:2]) + 1):
        if [n // strides for n in input_shape[:2]] == list(output_shape[:2]):
            return {"filters": output_shape[2], "strides": strides}
    raise ValueError("no stride")
