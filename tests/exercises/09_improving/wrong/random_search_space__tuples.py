def random_search_space(space, n, seed):
    return random.Random(seed).sample(list(itertools.product(*space.values())), n)
