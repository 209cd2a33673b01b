def grid_search_space(space):
    names, values = list(space.keys()), list(space.values())
    return tuple({names[i]: v[i] for i in range(len(names))} for v in itertools.product(*values))
