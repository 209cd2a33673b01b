# hint: 같은 seed라도 파이썬을 다시 시작하면 다른 조합이 나옵니다.
def random_search_space(space, n, seed):
    names = list(set(space))
    combinations = [dict(zip(names, v)) for v in itertools.product(*(space[x] for x in names))]
    if n > len(combinations):
        raise ValueError("조합이 모자랍니다.")
    return random.Random(seed).sample(combinations, n)
