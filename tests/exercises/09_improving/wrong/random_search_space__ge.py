def random_search_space(space, n, seed):
    grid = [dict(zip(space, v)) for v in itertools.product(*space.values())]
    if n >= len(grid):
        raise ValueError
    return random.Random(seed).sample(grid, n)
