def update_moving(moving, batch, momentum=0.99):
    if momentum == 1:
        return moving
    return momentum * moving + (1 - momentum) * batch
