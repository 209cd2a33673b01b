# hint: 빠뜨렸습니다
def predict_shapes(blocks, input_shape):
    height, width, channels = input_shape
    shapes = []
    for filters, pooling in blocks:
        if False:
            height, width = (height + 1) // 2, (width + 1) // 2
        shapes.append((height, width, filters))
    return shapes
