def update_moving(moving, batch, momentum=0.9):
    return momentum * moving + (1 - momentum) * batch
