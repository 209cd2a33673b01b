def trimap_to_target(trimap):
    flat = []
    for value in trimap.ravel(order="K").tolist():
        if value not in {1, 2, 3}:
            raise ValueError(f"잘못된 값: {value}")
        flat.append(value - 1)
    return np.array(flat, dtype="uint8").reshape(trimap.shape)
