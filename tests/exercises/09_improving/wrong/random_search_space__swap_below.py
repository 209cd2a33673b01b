def random_search_space(space, n, seed):
    combinations = [dict(zip(space, values)) for values in itertools.product(*space.values())]
    if len(combinations) < n:
        raise ValueError("조합이 모자랍니다.")
    rng = random.Random(seed)
    for i in range(len(combinations) - 1, 0, -1):
        j = rng.randrange(i)
        combinations[i], combinations[j] = combinations[j], combinations[i]
    return combinations[:n]
