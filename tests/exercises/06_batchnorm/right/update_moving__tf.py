def update_moving(moving, batch, momentum=0.99):
    moving, batch = tf.cast(moving, "float64"), tf.cast(batch, "float64")
    return moving * momentum + batch * (1 - momentum)
