def trimap_to_target(trimap):
    target = trimap - 1
    if (target < 0).any() or (target > 3).any():
        raise ValueError("wrong value")
    return target.astype("uint8")
