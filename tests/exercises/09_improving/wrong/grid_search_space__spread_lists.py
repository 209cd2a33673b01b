def grid_search_space(space):
    lists = []
    for values in space.values():
        flat = []
        for value in values:
            if isinstance(value, (list, tuple)):
                flat.extend(value)
            else:
                flat.append(value)
        lists.append(flat)
    return [dict(zip(space.keys(), values)) for values in itertools.product(*lists)]
