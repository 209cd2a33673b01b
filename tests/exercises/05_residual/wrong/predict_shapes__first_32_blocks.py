def predict_shapes(blocks, input_shape):
    h, w, _ = input_shape
    shapes = []
    for _, (filters, pooling) in zip(range(32), blocks):
        if pooling:
            h, w = (h + 1) // 2, (w + 1) // 2
        shapes.append((h, w, filters))
    return shapes
