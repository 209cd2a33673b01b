def grid_search_space(space):
    names = sorted(space)
    return [dict(zip(names, v)) for v in itertools.product(*(space[n] for n in names))]
