# hint: **올림**합니다
def predict_shapes(blocks, input_shape):
    height, width, channels = input_shape
    shapes = []
    for filters, pooling in blocks:
        if pooling:
            height, width = height // 2, width // 2
        shapes.append((height, width, filters))
    return shapes
