def feature_pyramid(input_shape, filters):
    height, width, _ = input_shape
    shapes = []
    for count in filters:
        h, w = (height + 1) // 2, (width + 1) // 2
        shapes.append((h, w, count))
    return shapes
