def random_search_space(space, n, seed):
    combinations = grid_search_space(space)
    if n > len(combinations):
        raise ValueError("조합이 모자랍니다.")
    random.Random(seed).sample(combinations, n)
