def grid_search_space(space):
    sizes = [len(values) for values in space.values()]
    found = []
    for number in range(int(np.prod(sizes))):
        one = {}
        for name in reversed(list(space)):
            number, place = divmod(number, len(space[name]))
            one[name] = space[name][place]
        found.append({name: one[name] for name in space})
    return found
