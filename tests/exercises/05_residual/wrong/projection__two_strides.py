def projection(input_shape, output_shape):
    if tuple(input_shape) == tuple(output_shape):
        return None
    strides = tuple(-(-a // b) for a, b in zip(input_shape[:2], output_shape[:2], strict=True))
    if any(-(-n // s) != m for n, s, m in zip(input_shape, strides, output_shape)):
        raise ValueError("no stride")
    return {"filters": output_shape[2], "strides": strides}
