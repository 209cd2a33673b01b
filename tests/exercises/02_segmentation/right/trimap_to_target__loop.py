def trimap_to_target(trimap):
    flat = []
    for value in trimap.ravel():
        if value not in (1, 2, 3):
            raise ValueError(str(value))
        flat.append(int(value) - 1)
    return np.array(flat, dtype=np.uint8).reshape(trimap.shape)
