def random_search_space(space, n, seed):
    rng = random.Random(seed)
    names = list(space)
    total = 1
    for name in names:
        total *= len(space[name])
    if total < n:
        raise ValueError("조합이 n가지보다 적습니다.")
    chosen, seen = [], set()
    for _ in range(5 * n):
        places = tuple(rng.randrange(len(space[name])) for name in names)
        if places not in seen and len(chosen) < n:
            seen.add(places)
            chosen.append({name: space[name][p] for name, p in zip(names, places)})
    return chosen
