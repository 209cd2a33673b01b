def grid_search_space(space):
    return [{name: value} for name, values in space.items() for value in values]
