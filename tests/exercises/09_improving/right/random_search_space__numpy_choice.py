def random_search_space(space, n, seed):
    grid = list(itertools.product(*space.values()))
    places = np.random.RandomState(seed).choice(len(grid), size=n, replace=False)
    return tuple(dict(zip(space.keys(), grid[i])) for i in places)
