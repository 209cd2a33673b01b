# hint: 사전
def grid_search_space(space):
    combinations, one = [], {}
    for values in itertools.product(*space.values()):
        one.update(zip(space, values))
        combinations.append(one)
    return combinations
