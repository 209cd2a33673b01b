def predict_shapes(blocks, input_shape):
    height, width, channels = input_shape
    shapes = []
    for filters, pooling in blocks:
        if pooling:
            height, width = (height + 1) // 2, (width + 1) // 2
        height, width = height - 4, width - 4
        shapes.append((height, width, filters))
    return shapes
