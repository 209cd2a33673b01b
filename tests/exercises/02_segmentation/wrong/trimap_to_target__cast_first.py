def trimap_to_target(trimap):
    trimap = trimap.astype("uint8")
    if not np.isin(trimap, [1, 2, 3]).all():
        raise ValueError("1, 2, 3뿐이어야 한다")
    return trimap - np.uint8(1)
