def trimap_to_target(trimap):
    table = {1: 0, 2: 1, 3: 2}
    if set(np.unique(trimap).tolist()) - set(table):
        raise ValueError(f"unknown values: {np.unique(trimap)}")
    target = np.empty(trimap.shape, dtype="uint8")
    for value, index in table.items():
        target[trimap == value] = index
    return target
