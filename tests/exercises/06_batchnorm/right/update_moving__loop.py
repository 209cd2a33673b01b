def update_moving(moving, batch, momentum=0.99):
    return [momentum * m + (1 - momentum) * b for m, b in zip(moving, batch)]
