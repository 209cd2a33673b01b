def grid_search_space(space):
    (a, first), (b, second), *_ = space.items()
    return [{a: x, b: y} for x in first for y in second]
