def random_search_space(space, n, seed):
    random.seed(seed)
    combinations = grid_search_space(space)
    return random.sample(combinations, n)
