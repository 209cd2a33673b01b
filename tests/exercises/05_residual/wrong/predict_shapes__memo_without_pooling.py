_known = {}


def predict_shapes(blocks, input_shape):
    key = tuple(filters for filters, _ in blocks), tuple(input_shape)
    if key not in _known:
        h, w, _ = input_shape
        _known[key] = []
        for filters, pooling in blocks:
            if pooling:
                h, w = -(-h // 2), -(-w // 2)
            _known[key].append((h, w, filters))
    return list(_known[key])
