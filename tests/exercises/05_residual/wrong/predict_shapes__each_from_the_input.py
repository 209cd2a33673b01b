# hint: 앞 블록의 출력입니다
def predict_shapes(blocks, input_shape):
    height, width, channels = input_shape
    shapes = []
    for filters, pooling in blocks:
        height, width, _ = input_shape
        if pooling:
            height, width = (height + 1) // 2, (width + 1) // 2
        shapes.append((height, width, filters))
    return shapes
