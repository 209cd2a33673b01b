def random_search_space(space, n, seed):
    combinations = [dict(zip(space, v)) for v in itertools.product(*space.values())]
    if len(combinations) < n:
        raise ValueError("not enough")
    order = np.random.default_rng(seed).permutation(len(combinations))
    return [combinations[i] for i in order[:n]]
