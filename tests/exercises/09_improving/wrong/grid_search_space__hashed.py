def grid_search_space(space):
    combinations = dict.fromkeys(itertools.product(*space.values()))
    return [dict(zip(space, one)) for one in combinations]
