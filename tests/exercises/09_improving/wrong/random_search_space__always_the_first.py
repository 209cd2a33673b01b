# The first combination is always among those that are chosen.
def random_search_space(space, n, seed):
    grid = [dict(zip(space, values)) for values in itertools.product(*space.values())]
    if n > len(grid):
        raise ValueError(f"{n} > {len(grid)}")
    rng = random.Random(seed)
    chosen = grid[:1] + rng.sample(grid[1:], max(n - 1, 0))
    chosen = chosen[:n]
    rng.shuffle(chosen)
    return chosen
