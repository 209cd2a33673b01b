def trimap_to_target(trimap):
    labels = np.asarray(trimap).astype("uint16")
    if not np.isin(labels, (1, 2, 3)).all():
        raise ValueError("트라이맵에는 1, 2, 3만 있어야 합니다.")
    return (labels - 1).astype("uint8")
