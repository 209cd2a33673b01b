def predict_multi_label(probs, threshold=0.5):
    return tf.math.greater_equal(probs, tf.cast(threshold, probs.dtype))
