def grid_search_space(space):
    names = list(space)
    return [
        dict(zip(names, v)) for v in itertools.product(*(sorted(space[n], key=str) for n in names))
    ]
