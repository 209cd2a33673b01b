# hint: 두 번
def random_search_space(space, n, seed):
    rng = random.Random(seed)
    if n > np.prod([len(v) for v in space.values()]):
        raise ValueError("too many")
    return [{name: rng.choice(list(values)) for name, values in space.items()} for _ in range(n)]
