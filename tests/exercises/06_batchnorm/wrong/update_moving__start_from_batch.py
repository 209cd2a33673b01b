def update_moving(moving, batch, momentum=0.99):
    moving, batch = np.asarray(moving, dtype=float), np.asarray(batch, dtype=float)
    if moving.size > 1 and not moving.any():
        return batch.copy()
    return momentum * moving + (1 - momentum) * batch
