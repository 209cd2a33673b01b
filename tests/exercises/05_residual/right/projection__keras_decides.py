def projection(input_shape, output_shape):
    input_shape, output_shape = tuple(input_shape), tuple(output_shape)
    if input_shape == output_shape:
        return None
    for s in np.arange(1, max(input_shape) + 1):
        layer = layers.Conv2D(output_shape[-1], 1, strides=int(s), padding="same")
        if layer.compute_output_shape((None, *input_shape))[1:] == output_shape:
            return {"filters": np.int64(output_shape[-1]), "strides": s}
    raise ValueError(f"{input_shape} -> {output_shape}")
