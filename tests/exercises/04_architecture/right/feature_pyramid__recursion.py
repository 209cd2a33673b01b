def feature_pyramid(input_shape, filters):
    if not filters:
        return []
    first = (
        input_shape[0] // 2 + input_shape[0] % 2,
        input_shape[1] // 2 + input_shape[1] % 2,
        filters[0],
    )
    return [first] + feature_pyramid(first, filters[1:])
