# hint: 입력의 모양은 넣지
def feature_pyramid(input_shape, filters):
    height, width, _ = input_shape
    shapes = [tuple(input_shape)]
    for count in filters:
        height, width = (height + 1) // 2, (width + 1) // 2
        shapes.append((height, width, count))
    return shapes
