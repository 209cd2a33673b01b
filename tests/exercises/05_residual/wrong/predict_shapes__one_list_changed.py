def predict_shapes(blocks, input_shape):
    height, width, channels = input_shape
    shape, shapes = [0, 0, 0], []
    for filters, pooling in blocks:
        if pooling:
            height, width = (height + 1) // 2, (width + 1) // 2
        shape[:] = height, width, filters
        shapes.append(shape)
    return shapes
