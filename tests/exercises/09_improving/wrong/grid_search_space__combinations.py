def grid_search_space(space):
    everything = [v for values in space.values() for v in values]
    return [dict(zip(space, v)) for v in itertools.combinations(everything, len(space))]
