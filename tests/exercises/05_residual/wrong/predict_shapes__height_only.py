def predict_shapes(blocks, input_shape):
    height, width, channels = input_shape
    shapes = []
    for filters, pooling in blocks:
        if pooling:
            height = (height + 1) // 2
        shapes.append((height, width, filters))
    return shapes
