def feature_pyramid(input_shape, filters):
    sizes = np.array(input_shape[:2])
    shapes = []
    for f in filters:
        sizes = np.ceil(sizes / 2).astype(int)
        shapes.append((*sizes, f))
    return tuple(shapes)
