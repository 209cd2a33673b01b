def random_search_space(space, n, seed):
    total = 1
    for values in space.values():
        total *= len(values)
    if n > total:
        raise ValueError(f"조합은 {total}가지뿐입니다.")
    rng = random.Random(seed)
    chosen = []
    while len(chosen) < n:
        one = {name: rng.choice(values) for name, values in space.items()}
        if one not in chosen:
            chosen.append(one)
    return chosen
