def predict_shapes(blocks, input_shape):
    shapes, shape = [], tuple(input_shape)
    for filters, pooling in blocks:
        if pooling:
            shape = layers.MaxPooling2D(2, padding="same").compute_output_shape((None, *shape))[1:]
        shape = (*shape[:2], filters)
        shapes.append(shape)
    return shapes
