def predict_single_label(probs):
    return tf.argmax(probs, axis=-1)
