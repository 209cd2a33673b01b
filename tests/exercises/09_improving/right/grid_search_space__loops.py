def grid_search_space(space):
    combinations = [{}]
    for name, values in space.items():
        combinations = [{**one, name: value} for one in combinations for value in values]
    return combinations
