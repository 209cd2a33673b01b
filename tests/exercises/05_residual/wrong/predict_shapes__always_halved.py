# hint: 맥스풀링을 쓰지 않는 블록은
def predict_shapes(blocks, input_shape):
    height, width, channels = input_shape
    shapes = []
    for filters, pooling in blocks:
        if True:
            height, width = (height + 1) // 2, (width + 1) // 2
        shapes.append((height, width, filters))
    return shapes
