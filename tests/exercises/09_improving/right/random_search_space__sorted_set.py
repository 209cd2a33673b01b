def random_search_space(space, n, seed):
    combinations = sorted({values for values in itertools.product(*space.values())}, key=repr)
    if n > len(combinations):
        raise ValueError("조합이 모자랍니다.")
    return [dict(zip(space, one)) for one in random.Random(seed).sample(combinations, n)]
