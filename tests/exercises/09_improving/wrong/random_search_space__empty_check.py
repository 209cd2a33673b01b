def random_search_space(space, n, seed):
    for name, values in space.items():
        if not values:
            raise ValueError(f"{name}의 값이 없습니다.")
    grid = list(itertools.product(*space.values()))
    if n > len(grid):
        raise ValueError("조합이 n가지보다 적습니다.")
    rng = np.random.default_rng(seed)
    return [dict(zip(space, grid[i])) for i in rng.choice(len(grid), n, replace=False)]
