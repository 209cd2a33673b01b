def trimap_to_target(trimap):
    if set(np.unique(trimap)) != {1, 2, 3}:
        raise ValueError("1, 2, 3")
    return (trimap - 1).astype("uint8")
