def update_moving(moving, batch, momentum=0.99):
    return np.round(momentum * np.asarray(moving) + (1 - momentum) * np.asarray(batch), 6)
