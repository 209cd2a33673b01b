def predict_shapes(blocks, input_shape):
    if len(blocks) == 0:
        return []
    filters, pooling = blocks[0]
    step = 2 if pooling else 1
    shape = (-(-input_shape[0] // step), -(-input_shape[1] // step), filters)
    return [shape] + predict_shapes(blocks[1:], shape)
