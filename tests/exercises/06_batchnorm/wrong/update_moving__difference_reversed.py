def update_moving(moving, batch, momentum=0.99):
    return moving + (1 - momentum) * (moving - batch)
