def random_search_space(space, n, seed):
    every = [dict(zip(space, v)) for v in itertools.product(*space.values())]
    if n > len(every):
        raise ValueError
    start = random.Random(seed).randint(0, len(every) - n)
    return every[start : start + n]
