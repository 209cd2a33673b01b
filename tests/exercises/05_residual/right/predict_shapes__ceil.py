import math


def predict_shapes(blocks, input_shape):
    height, width = input_shape[0], input_shape[1]
    result = []
    for filters, pooling in blocks:
        if pooling:
            height, width = math.ceil(height / 2), math.ceil(width / 2)
        result.append((height, width, filters))
    return result
