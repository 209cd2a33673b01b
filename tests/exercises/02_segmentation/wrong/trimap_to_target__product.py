def trimap_to_target(trimap):
    bad = (trimap - 1) * (trimap - 2) * (trimap - 3)
    if np.any(bad != 0):
        raise ValueError("트라이맵의 값은 1, 2, 3이어야 합니다.")
    return (trimap - 1).astype("uint8")
