def random_search_space(space, n, seed):
    grid = list(itertools.product(*space.values()))
    if n > len(grid):
        raise ValueError("조합이 n가지보다 적습니다.")
    numbers = all(
        isinstance(v, (int, float)) and not isinstance(v, bool) for one in grid for v in one
    )
    rng = np.random.default_rng(seed)
    if numbers:
        rows = rng.permutation(np.array(grid))[:n]
        return [dict(zip(space, row.tolist())) for row in rows]
    return [dict(zip(space, grid[i])) for i in rng.permutation(len(grid))[:n]]
