def random_search_space(space, n, seed):
    combinations = [dict(zip(space, v)) for v in itertools.product(*space.values())]
    if n > len(combinations):
        return None
    return random.Random(seed).sample(combinations, n)
