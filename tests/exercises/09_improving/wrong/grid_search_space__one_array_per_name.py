# One array for values of several types makes strings of them all.
def grid_search_space(space):
    if not space:
        return [{}]
    grids = np.meshgrid(*[np.array(values) for values in space.values()], indexing="ij")
    columns = [grid.ravel().tolist() for grid in grids]
    return [dict(zip(space, row)) for row in zip(*columns)]
