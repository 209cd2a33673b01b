def ensemble(predictions, weights=None):
    stacked = tf.stack([tf.cast(p, tf.float32) for p in predictions])
    if weights is None:
        return tf.reduce_mean(stacked, axis=0)
    if len(weights) != len(predictions) or sum(weights) <= 0:
        raise ValueError("weights")
    w = tf.constant([float(v) for v in weights])
    return tf.reduce_sum(stacked * w[:, None, None], axis=0) / tf.reduce_sum(w)
