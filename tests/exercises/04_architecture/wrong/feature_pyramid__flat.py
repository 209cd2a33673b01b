def feature_pyramid(input_shape, filters):
    h, w, _ = input_shape
    out = []
    for f in filters:
        h, w = -(-h // 2), -(-w // 2)
        out += [h, w, f]
    return out
