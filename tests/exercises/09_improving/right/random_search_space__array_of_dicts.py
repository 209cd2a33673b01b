def random_search_space(space, n, seed):
    combos = grid_search_space(space)
    if n > len(combos):
        raise ValueError("n")
    return np.random.default_rng(seed).choice(np.array(combos, dtype=object), size=n, replace=False)
