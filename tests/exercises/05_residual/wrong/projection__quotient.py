def projection(input_shape, output_shape):
    if tuple(input_shape) == tuple(output_shape):
        return None
    if input_shape[0] < output_shape[0] or input_shape[1] < output_shape[1]:
        raise ValueError("larger")
    strides = input_shape[0] // output_shape[0]
    if -(-input_shape[1] // strides) != output_shape[1]:
        raise ValueError("different strides")
    return {"filters": output_shape[2], "strides": strides}
