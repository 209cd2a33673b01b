def random_search_space(space, n, seed):
    combinations = list(itertools.islice(itertools.product(*space.values()), 1000))
    if len(combinations) < n:
        raise ValueError("조합이 모자랍니다.")
    chosen = random.Random(seed).sample(combinations, n)
    return [dict(zip(space, values)) for values in chosen]
