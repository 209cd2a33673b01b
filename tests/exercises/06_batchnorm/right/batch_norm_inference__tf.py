def batch_norm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    x = tf.cast(x, tf.float64)
    return tf.nn.batch_normalization(x, moving_mean, moving_variance, beta, gamma, epsilon).numpy()
