def predict_shapes(blocks, input_shape):
    size = np.array(input_shape[:2])
    shapes = []
    for filters, pooling in blocks:
        if pooling:
            size = np.ceil(size / 2)
        shapes.append((*size.tolist(), filters))
    return shapes
