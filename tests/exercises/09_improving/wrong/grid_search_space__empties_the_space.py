def grid_search_space(space):
    combinations = [{}]
    while space:
        name = next(iter(space))
        values = space.pop(name)
        combinations = [{**one, name: value} for one in combinations for value in values]
    return combinations
