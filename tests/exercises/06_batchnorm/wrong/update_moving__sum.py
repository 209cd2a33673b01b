def update_moving(moving, batch, momentum=0.99):
    return moving + batch
