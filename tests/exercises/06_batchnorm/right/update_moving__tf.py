def update_moving(moving, batch, momentum=0.99):
    return tf.constant(moving) * momentum + tf.constant(batch) * (1 - momentum)
