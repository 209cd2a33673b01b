def feature_pyramid(input_shape, filters):
    height, width, _ = input_shape
    shapes = []
    for count in filters:
        height, width = height / 2, width / 2
        shapes.append((height, width, count))
    return shapes
