# hint: 인수
def feature_pyramid(input_shape, filters):
    height, width, _ = input_shape
    shapes = []
    while filters:
        height, width = (height + 1) // 2, (width + 1) // 2
        shapes.append((height, width, filters.pop(0)))
    return shapes
