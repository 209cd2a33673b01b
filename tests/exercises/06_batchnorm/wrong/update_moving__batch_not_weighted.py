# hint: 1 - momentum
def update_moving(moving, batch, momentum=0.99):
    return momentum * moving + batch
