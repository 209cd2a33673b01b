def feature_pyramid(input_shape, filters):
    import math

    return [
        (math.ceil(input_shape[0] / 2 ** (i + 1)), math.ceil(input_shape[1] / 2 ** (i + 1)), f)
        for i, f in enumerate(filters)
    ]
