def trimap_to_target(trimap):
    if not np.isin(trimap, [1, 2, 3]).any():
        raise ValueError("1, 2, 3")
    return (trimap - 1).astype("uint8")
