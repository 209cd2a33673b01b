# hint: 뒤의 이름
def grid_search_space(space):
    names = list(space)
    values = itertools.product(*(space[name] for name in reversed(names)))
    return [dict(zip(names, reversed(v))) for v in values]
