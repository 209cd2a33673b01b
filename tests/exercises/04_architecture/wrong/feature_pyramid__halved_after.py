# hint: 먼저 반
def feature_pyramid(input_shape, filters):
    height, width, _ = input_shape
    shapes = []
    for count in filters:
        shapes.append((height, width, count))
        height, width = (height + 1) // 2, (width + 1) // 2
    return shapes
