def cosine_similarity(features):
    unit = tf.math.l2_normalize(features, axis=1)
    return tf.matmul(unit, unit, transpose_b=True)
