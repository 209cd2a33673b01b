def random_search_space(space, n, seed):
    every = [dict(zip(space, v)) for v in itertools.product(*space.values())]
    if n > len(every):
        raise ValueError
    start = random.Random(seed).randrange(len(every))
    return (every + every)[start : start + n]
