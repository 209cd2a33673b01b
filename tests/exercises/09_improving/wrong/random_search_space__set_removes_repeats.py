def random_search_space(space, n, seed):
    combinations = [dict(zip(space, v)) for v in itertools.product(*space.values())]
    if n > len(combinations):
        raise ValueError("too many")
    chosen = []
    for one in random.Random(seed).choices(combinations, k=n):
        if one not in chosen:
            chosen.append(one)
    return chosen
