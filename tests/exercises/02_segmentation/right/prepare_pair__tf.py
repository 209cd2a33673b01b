def prepare_pair(image, trimap, size):
    small = tf.image.resize(tf.cast(image, tf.float32), (size, size))
    target = tf.image.resize(trimap[..., None], (size, size), method="nearest")
    small = tf.cast(tf.clip_by_value(tf.round(small), 0, 255), tf.uint8)
    return small.numpy(), (target.numpy()[..., 0] - 1).astype("uint8")
