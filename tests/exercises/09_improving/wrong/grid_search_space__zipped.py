# hint: 조합
def grid_search_space(space):
    return [dict(zip(space, values)) for values in zip(*space.values())]
