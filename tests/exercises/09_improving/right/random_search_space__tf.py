def random_search_space(space, n, seed):
    grid = list(itertools.product(*space.values()))
    if n > len(grid):
        raise ValueError(n)
    order = tf.random.experimental.stateless_shuffle(tf.range(len(grid)), seed=[seed, 0]).numpy()
    return [dict(zip(space.keys(), grid[i])) for i in order[:n]]
