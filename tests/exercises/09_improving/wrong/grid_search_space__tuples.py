def grid_search_space(space):
    return list(itertools.product(*space.values()))
