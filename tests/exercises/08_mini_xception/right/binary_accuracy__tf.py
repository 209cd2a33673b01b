def binary_accuracy(target, probs):
    predicted = tf.cast(tf.convert_to_tensor(probs) >= 0.5, tf.int64)
    return tf.reduce_mean(tf.cast(predicted == tf.cast(target, tf.int64), tf.float32))
