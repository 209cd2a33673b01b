# hint: 같은 seed라도 파이썬을 다시 시작하면 다른 조합이 나옵니다.
def random_search_space(space, n, seed):
    combinations = list({tuple(values) for values in itertools.product(*space.values())})
    if n > len(combinations):
        raise ValueError("조합이 모자랍니다.")
    return [dict(zip(space, one)) for one in random.Random(seed).sample(combinations, n)]
