# hint: return
def grid_search_space(space):
    for values in itertools.product(*space.values()):
        print(dict(zip(space, values)))
