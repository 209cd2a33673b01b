def random_search_space(space, n, seed):
    rng = random.Random(seed)
    if n > np.prod([len(v) for v in space.values()]):
        raise ValueError("too many")
    columns = {name: rng.sample(list(v), len(v)) for name, v in space.items()}
    return [{name: v[i % len(v)] for name, v in columns.items()} for i in range(n)]
