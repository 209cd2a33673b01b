def grid_search_space(space):
    return [dict(zip(space, v)) for v in itertools.product(*space.values())][:-1]
