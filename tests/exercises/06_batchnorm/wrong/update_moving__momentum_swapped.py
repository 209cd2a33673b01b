# hint: momentum
def update_moving(moving, batch, momentum=0.99):
    return (1 - momentum) * moving + momentum * batch
