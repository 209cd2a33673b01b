def projection(input_shape, output_shape, strides=1):
    if strides == 1 and tuple(input_shape) == tuple(output_shape):
        return None
    if strides > max(input_shape[0], input_shape[1]):
        raise ValueError("no stride fits")
    same = (input_shape[0] + strides - 1) // strides, (input_shape[1] + strides - 1) // strides
    if same == tuple(output_shape[:2]):
        return {"filters": output_shape[2], "strides": strides}
    return projection(input_shape, output_shape, strides + 1)
