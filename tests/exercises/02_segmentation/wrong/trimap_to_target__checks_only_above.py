def trimap_to_target(trimap):
    if trimap.max() > 3:
        raise ValueError("too large")
    return (trimap - 1).astype("uint8")
