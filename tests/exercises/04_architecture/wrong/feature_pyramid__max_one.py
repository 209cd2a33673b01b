def feature_pyramid(input_shape, filters):
    h, w, _ = input_shape
    out = []
    for f in filters:
        h, w = max(h // 2, 1), max(w // 2, 1)
        out.append((h, w, f))
    return out
