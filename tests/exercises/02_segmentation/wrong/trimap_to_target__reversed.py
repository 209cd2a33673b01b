def trimap_to_target(trimap):
    if not np.isin(trimap, [1, 2, 3]).all():
        raise ValueError("1, 2, 3")
    return (3 - trimap).astype("uint8")
