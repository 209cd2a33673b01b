def feature_pyramid(input_shape, filters):
    height, width, _ = input_shape
    shapes = []
    for count in filters:
        height, width = height // 2 + 1, width // 2 + 1
        shapes.append((height, width, count))
    return shapes
