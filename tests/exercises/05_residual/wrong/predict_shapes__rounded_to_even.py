def predict_shapes(blocks, input_shape):
    height, width, channels = input_shape
    shapes = []
    for filters, pooling in blocks:
        if pooling:
            height, width = round(height / 2), round(width / 2)
        shapes.append((height, width, filters))
    return shapes
