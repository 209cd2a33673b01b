# hint: 두 번
def random_search_space(space, n, seed):
    combinations = [dict(zip(space, v)) for v in itertools.product(*space.values())]
    if n > len(combinations):
        raise ValueError("too many")
    return random.Random(seed).choices(combinations, k=n)
