def sparse_categorical_crossentropy(target, probs):
    p = tf.gather(
        tf.convert_to_tensor(probs), tf.convert_to_tensor(target), batch_dims=len(target.shape)
    )
    return float(tf.reduce_mean(-tf.math.log(tf.clip_by_value(p, 1e-7, 1.0))))
