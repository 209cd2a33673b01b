# hint: ValueError
def random_search_space(space, n, seed):
    combinations = [dict(zip(space, v)) for v in itertools.product(*space.values())]
    random.Random(seed).shuffle(combinations)
    return combinations[:n]
