def predict_shapes(blocks, input_shape):
    shapes = [list(input_shape)]
    for n, pooling in blocks:
        h, w, _ = shapes[-1]
        shapes.append([h // 2 + h % 2, w // 2 + w % 2, n] if pooling else [h, w, n])
    return shapes[1:]
