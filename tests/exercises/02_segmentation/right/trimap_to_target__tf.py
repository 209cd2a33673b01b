def trimap_to_target(trimap):
    if trimap.min() < 1 or trimap.max() > 3:
        raise ValueError("trimap")
    return tf.cast(tf.cast(trimap, tf.int32) - 1, tf.uint8)
