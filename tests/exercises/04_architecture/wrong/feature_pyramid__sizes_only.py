def feature_pyramid(input_shape, filters):
    height, width, _ = input_shape
    shapes = []
    for count in filters:
        height, width = (height + 1) // 2, (width + 1) // 2
        shapes.append((height, width))
    return shapes
