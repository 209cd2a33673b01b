def predict_shapes(blocks, input_shape):
    height, width, channels = input_shape
    shapes = []
    for filters, pooling in blocks:
        if pooling:
            height, width = height // 2 + 1, width // 2 + 1
        shapes.append((height, width, filters))
    return shapes
