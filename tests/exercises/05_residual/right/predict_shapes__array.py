def predict_shapes(blocks, input_shape):
    shapes = np.zeros((len(blocks), 3), dtype=int)
    size = np.array(input_shape[:2])
    for row, (filters, pooling) in zip(shapes, blocks, strict=True):
        size = size - size // 2 if pooling else size
        row[:] = *size, filters
    return shapes
