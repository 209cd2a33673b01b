def feature_pyramid(input_shape, filters):
    height, width, channels = input_shape
    shapes = []
    for count in filters:
        height, width, channels = (height + 1) // 2, (width + 1) // 2, channels * 2
        shapes.append((height, width, channels))
    return shapes
