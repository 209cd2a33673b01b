def update_moving(moving, batch, momentum=0.99):
    new = np.empty_like(moving)
    new[:] = momentum * moving + (1 - momentum) * batch
    return new
