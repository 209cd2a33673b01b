def feature_pyramid(input_shape, filters):
    h, w, _ = input_shape
    found = []
    for f in filters:
        h, w = -(-h // 2), -(-w // 2)
        found.append([h, w, f])
    return found
