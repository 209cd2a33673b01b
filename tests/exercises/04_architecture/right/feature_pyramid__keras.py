def feature_pyramid(input_shape, filters):
    shape = (None, *input_shape)
    out = []
    for f in filters:
        shape = layers.Conv2D(f, 3, strides=2, padding="same").compute_output_shape(shape)
        out.append(tuple(shape[1:]))
    return out
