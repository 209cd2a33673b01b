def cosine_similarity(features):
    unit = tf.math.l2_normalize(tf.cast(features, tf.float64), axis=1)
    return tf.matmul(unit, unit, transpose_b=True)
