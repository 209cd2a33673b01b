def grid_search_space(space):
    if not space:
        return [{}]
    (name, values), *rest = space.items()
    return [{name: value, **other} for value in values for other in grid_search_space(dict(rest))]
