def grid_search_space(space):
    return int(np.prod([len(values) for values in space.values()]))
