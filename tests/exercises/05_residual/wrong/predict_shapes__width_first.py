def predict_shapes(blocks, input_shape):
    height, width, channels = input_shape
    shapes = []
    for filters, pooling in blocks:
        if pooling:
            height, width = (height + 1) // 2, (width + 1) // 2
        shapes.append((width, height, filters))
    return shapes
