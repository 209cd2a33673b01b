def random_search_space(space, n, seed):
    different = {}
    for values in itertools.product(*space.values()):
        different["".join(map(str, values))] = dict(zip(space, values))
    if len(different) < n:
        raise ValueError("조합이 n가지보다 적습니다.")
    return random.Random(seed).sample(list(different.values()), n)
