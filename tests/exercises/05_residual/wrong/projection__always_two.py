# hint: 보폭
def projection(input_shape, output_shape):
    if tuple(input_shape) == tuple(output_shape):
        return None
    if tuple(input_shape[:2]) == tuple(output_shape[:2]):
        return {"filters": output_shape[2], "strides": 1}
    return {"filters": output_shape[2], "strides": 2}
